// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/plot.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

using namespace bench;
using Catch::Approx;

namespace {

std::size_t count(std::string const& text, std::string const& word) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += word.size()) ++n;
  return n;
}

}  // namespace

TEST_CASE("a logarithmic axis has equal steps for equal ratios", "[bench]") {
  CHECK(log_place(1, 1, 100, 0, 10) == Approx(0));
  CHECK(log_place(10, 1, 100, 0, 10) == Approx(5));
  CHECK(log_place(100, 1, 100, 0, 10) == Approx(10));
  CHECK(log_place(10, 1, 1000, 300, 0) == Approx(200));
}

TEST_CASE("labels keep apart, in their order and inside", "[bench]") {
  CHECK(spread({50, 10}, 10, 0, 100) == std::vector<double>{50, 10});
  CHECK(spread({10, 12, 11}, 10, 0, 100) == std::vector<double>{10, 30, 20});
  CHECK(spread({99, 98}, 10, 0, 100) == std::vector<double>{100, 90});
}

// The left edge of the first panel's points is at 66, their right edge at 300; the axis goes from 384 at 5 ms up to 84.
TEST_CASE("points stand where their numbers put them", "[bench]") {
  std::string const svg = plot("a < b", "leaves", "CPU time", {{"g++", {{"ours", {{64, 0.005}, {1024, 0.1}}, true}}}});
  CHECK(svg.find("<title>a &lt; b</title>") != std::string::npos);
  // 100 ms, with 15 % of air above it: ln(20) / ln(23) of 300 above 384.
  CHECK(svg.find("d=\"M66.0 384.0L300.0 97.4\"") != std::string::npos);
  CHECK(count(svg, "<circle") == 2);
  CHECK(svg.find(">10 ms</text>") != std::string::npos);
  CHECK(svg.find(">64</text>") != std::string::npos);
  CHECK(svg.find("class=\"name bold\">ours</text>") != std::string::npos);
  CHECK(svg.find("prefers-color-scheme:dark") != std::string::npos);
}

TEST_CASE("what costs less than noise stands on the axis, and a line without points is not drawn", "[bench]") {
  std::string const svg =
      plot("", "", "", {{"", {{"below nothing", {{1, -0.2}, {2, 0.004}}, false}, {"no points", {}, false}, {"dear", {{2, 3.0}}, false}}}});
  CHECK(svg.find("d=\"M66.0 384.0L300.0 384.0\"") != std::string::npos);
  CHECK(svg.find("no points") == std::string::npos);
}
