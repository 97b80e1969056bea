// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/recorder.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace cf = commfold;
using cf::dyn;

namespace {

constexpr cf::process_group<"dp", 4> dp;
using vec = cf::tensor<cf::f32, 8>;
using any_vec = cf::tensor<cf::f32, dyn>;

struct counts {
  int ran = 0;
  std::size_t calls = 0;
  std::size_t message = 0;
  friend bool operator==(counts const&, counts const&) = default;
};

template <class Node>
counts each(Node const& node) {
  int ran = 0;
  auto const traffic = cf::trace([&](auto& comm) {
    comm.for_each(node, [&](auto const& child) {
      ++ran;
      comm.all_reduce(child, cf::sum, dp);
    });
  });
  return {ran, traffic.calls(), traffic.message_bytes()};
}

}  // namespace

TEST_CASE("for_each multiplies what the type tells and asks for the rest", "[trace]") {
  CHECK(each(std::vector<vec>(80)) == counts{1, 80, 2560});
  CHECK(each(std::vector<vec>()) == counts{});
  CHECK(each(std::vector<std::tuple<vec, vec>>(3)) == counts{1, 6, 192});
  CHECK(each(std::list<any_vec>{any_vec{1}, any_vec{2}}) == counts{2, 2, 12});
  CHECK(each(std::vector<std::vector<vec>>{std::vector<vec>(1), std::vector<vec>(4)}) == counts{2, 5, 160});
  CHECK(each(std::map<std::string, vec>{{"a", {}}, {"b", {}}}) == counts{1, 2, 64});
  CHECK(each(std::map<int, any_vec>{{2, any_vec{2}}, {1, any_vec{1}}}) == counts{2, 2, 12});
  CHECK(each(std::unordered_map<int, any_vec>{{7, any_vec{7}}}) == counts{1, 1, 28});
  CHECK(each(std::make_unique<any_vec>(3)) == counts{1, 1, 12});
  CHECK(each(std::unique_ptr<any_vec>()) == counts{});
}

TEST_CASE("a map is gone through in the order of its keys", "[trace]") {
  auto const traffic = cf::trace([](auto& comm) {
    std::map<std::string, any_vec> const layers{{"b", any_vec{2}}, {"a", any_vec{1}}, {"c", any_vec{3}}};
    comm.for_each(layers, [&](auto const& t) { comm.all_reduce(t, cf::sum, dp); });
  });
  REQUIRE(traffic.rows().size() == 3);
  CHECK(traffic.rows()[0].call().bytes().message_bytes == 4);
  CHECK(traffic.rows()[2].call().bytes().message_bytes == 12);
}

TEST_CASE("results over containers keep keys and order", "[trace]") {
  static_cast<void>(cf::trace([](auto& comm) {
    auto const gathered = comm.all_gather(std::map<std::string, vec>{{"w", {}}}, dp);
    STATIC_CHECK(std::is_same_v<decltype(gathered), std::map<std::string, cf::tensor<cf::f32, 32>> const>);
    CHECK(gathered.count("w") == 1);
    auto const scattered = comm.reduce_scatter(std::vector<any_vec>{any_vec{8}, any_vec{4}}, cf::sum, dp);
    CHECK(scattered == std::vector<any_vec>{any_vec{2}, any_vec{1}});
  }));
}

TEST_CASE("phases nest to any length, and are as they were behind each", "[trace]") {
  std::string const thirty(30, 'x'), long_name(1'000, 'y');
  auto const traffic = cf::trace<cf::dyn>([&](auto& comm) {
    comm.phase(thirty, [&] {
      comm.phase(long_name, [&] { comm.phase(thirty, [&] { comm.barrier(dp); }); });
      comm.barrier(dp);
      comm.phase(thirty, [&] { comm.barrier(dp); });
      comm.barrier(dp);
    });
    comm.barrier(dp);
  });
  REQUIRE(traffic.rows().size() == 4);
  CHECK(traffic.rows()[0].call().phase() == thirty + "/" + long_name + "/" + thirty);
  CHECK(traffic.rows()[1].call().phase() == thirty);
  CHECK(traffic.rows()[1].calls() == 2);
  CHECK(traffic.rows()[2].call().phase() == thirty + "/" + thirty);
  CHECK(traffic.rows()[3].call().phase().empty());
}

TEST_CASE("a phase may be named by a view of what the log keeps", "[trace]") {
  cf::call_log log;
  cf::recorder comm(log);
  comm.phase("a_phase_to_be_named_again", [&] { comm.barrier(dp); });
  for (int i = 0; i < 3; ++i) comm.phase(log.calls().back().phase().substr(1), [&] { comm.barrier(dp); });
  CHECK(log.calls()[3].phase() == "hase_to_be_named_again");
}

TEST_CASE("a phase without a name is refused", "[trace]") {
  auto const step = [](auto& comm) { comm.phase("outer", [&] { comm.phase("", [] {}); }); };
  CHECK_THROWS_AS(cf::trace(step), cf::invalid_argument);
}

TEST_CASE("a body that throws leaves phase and multiplicity as they were", "[trace]") {
  auto const traffic = cf::trace([](auto& comm) {
    comm.phase("outer", [&] {
      comm.repeat(2, [&] {
        try {
          comm.phase("inner", [&] {
            comm.repeat(1000, [&] {
              comm.barrier(dp);
              throw std::runtime_error("stop");
            });
          });
        } catch (std::runtime_error const&) {
        }
        comm.all_reduce(vec{}, cf::sum, dp);
      });
    });
    comm.all_reduce(vec{}, cf::sum, dp);
  });
  REQUIRE(traffic.rows().size() == 3);
  CHECK(traffic.rows()[0].call().phase() == "outer/inner");
  CHECK(traffic.rows()[0].calls() == 2000);
  CHECK(traffic.rows()[1].call().phase() == "outer");
  CHECK(traffic.rows()[1].calls() == 2);
  CHECK(traffic.rows()[2].call().phase().empty());
  CHECK(traffic.rows()[2].calls() == 1);
}

TEST_CASE("a call that is refused is not recorded", "[trace]") {
  auto const traffic = cf::trace([](auto& comm) {
    CHECK_THROWS_AS(comm.broadcast(vec{}, 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(comm.reduce_scatter(any_vec{9}, cf::sum, dp), cf::invalid_argument);
    comm.barrier(dp);
  });
  CHECK(traffic.calls() == 1);
}

TEST_CASE("repeat refuses what is no number of times", "[trace]") {
  int volatile minus_one = -1;
  std::size_t volatile half = std::size_t{1} << 63;
  auto const traffic = cf::trace([&](auto& comm) {
    CHECK_THROWS_AS(comm.repeat(int{minus_one}, [] {}), cf::invalid_argument);
    CHECK_THROWS_WITH(comm.repeat(int{minus_one}, [] {}), "commfold::recorder::repeat: -1 is negative; a size never is");
    comm.repeat(std::size_t{half}, [&] {
      CHECK_THROWS_AS(comm.repeat(2, [&] { comm.barrier(dp); }), cf::overflow_error);
      CHECK_THROWS_WITH(comm.repeat(2, [] {}), "commfold::recorder::repeat: 9223372036854775808 * 2 does not fit std::size_t");
      comm.barrier(dp);
    });
    CHECK_THROWS_AS(comm.repeat(std::size_t{half}, [&] { comm.barrier(dp); }), cf::overflow_error);
    comm.barrier(dp);
  });
  CHECK(traffic.calls() == (std::size_t{1} << 63) + 1);
}
