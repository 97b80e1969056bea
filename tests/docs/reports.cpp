// SPDX-License-Identifier: BSL-1.0
// What docs/reports.md shows; tests/snippets.cmake cuts it from here.
#include <commfold/commfold.hpp>
#include <commfold/report.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace cf = commfold;

// [step]
struct model {
  std::array<cf::tensor<cf::f32, 128>, 2> layers;
  cf::tensor<cf::bf16, 64> head;
};

constexpr auto step = [](auto& comm, auto const& shard) {
  comm.phase("forward", [&] { comm.all_gather(shard, cf::process_group<"dp", 8>{}); });
  comm.phase("backward", [&] { comm.all_reduce(shard, cf::avg, cf::process_group<"tp", 2>{}); });
};

constexpr auto traffic = cf::trace(step, model{});
// [/step]

// 512 B, 512 B and 128 B, gathered from 8 ranks, then reduced.
static_assert(traffic.total() == cf::traffic_totals{.calls = 6, .input_bytes = 2304, .output_bytes = 10368, .message_bytes = 10368});

std::string text_of(char const* name) {
  std::ifstream file(std::string(COMMFOLD_TEST_DATA "/../docs/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("what the page of reports shows", "[docs]") {
  // [log]
  auto const calls = cf::log_with_paths(step, model{});
  // [/log]

  // [text]
  std::string const table = cf::text_report(traffic);
  // [/text]
  CHECK(table == text_of("report.txt"));

  // [text_log]
  std::string const list = cf::text_report(cf::log(step, model{}));
  // [/text_log]
  CHECK(list == text_of("calls.txt"));

  // [markdown]
  std::string const comment = cf::markdown_report(traffic, "The step of this pull request");
  // [/markdown]
  CHECK(comment == text_of("report.md"));

  // [json]
  std::string const json = cf::json_report(traffic, calls);
  // [/json]
  CHECK(json == text_of("report.json"));

  // [csv]
  std::string const sheet = cf::csv_report(traffic);
  std::string const every_call = cf::csv_report(calls);
  // [/csv]
  CHECK(sheet == text_of("report.csv"));
  CHECK(every_call == text_of("calls.csv"));

  // [html]
  std::ofstream("traffic.html") << cf::html_report(traffic, calls);
  // [/html]
  CHECK(std::ifstream("traffic.html").good());

  // [chrome]
  std::ofstream("traffic.trace.json") << cf::chrome_trace(calls);
  // [/chrome]
  CHECK(std::ifstream("traffic.trace.json").good());
}
