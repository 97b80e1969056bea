// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/path_log.hpp>

#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace cf = commfold;

namespace {

constexpr cf::process_group<"dp", 4> dp;

using weight = cf::tensor<cf::f32, 8>;
struct attention {
  weight wq;
  std::vector<cf::tensor<cf::f32, cf::dyn>> heads;
};
struct model {
  std::array<attention, 2> layers;
  weight norm;
};

std::vector<std::string> paths_of(cf::path_log const& log) {
  std::vector<std::string> paths;
  for (cf::call_at const& one : log.calls()) paths.emplace_back(one.path);
  return paths;
}
using strings = std::vector<std::string>;

model a_model() {
  model m{};
  m.layers[1].heads = {cf::tensor<cf::f32, cf::dyn>(3), cf::tensor<cf::f32, cf::dyn>(4)};
  return m;
}

}  // namespace

// g++ and clang from 18 on know the names of fields, clang 16 their positions.
#if !defined(__clang__) || __clang_major__ >= 18
TEST_CASE("a call has the path of its tensor in the tree that it was given", "[trace]") {
  auto const log = cf::log_with_paths([](auto& comm, model const& m) { comm.all_reduce(m, cf::sum, dp); }, a_model());
  CHECK(paths_of(log) == strings{"layers[0].wq", "layers[1].wq", "layers[1].heads[0]", "layers[1].heads[1]", "norm"});
  CHECK(log.calls()[3].call.bytes().message_bytes == 16);
}

TEST_CASE("children and named scopes stand before it", "[trace]") {
  auto const step = [](auto& comm, model const& m) {
    comm.named_scope("layers", [&] { comm.for_each(m.layers, [&](attention const& a) { comm.all_reduce(a.wq, cf::sum, dp); }); });
    comm.for_each(m, [&](auto const& child) {
      if constexpr (cf::tensor_like<decltype(child)>) comm.barrier(dp);
    });
    comm.named_scope("outer", [&] { comm.named_scope("inner", [&] { comm.all_reduce(m.layers[1].heads, cf::sum, dp); }); });
    comm.barrier(dp);
  };
  CHECK(paths_of(cf::log_with_paths(step, a_model())) == strings{"layers[0]", "layers[1]", "norm", "outer.inner[0]", "outer.inner[1]", ""});
}
#endif

TEST_CASE("positions of a tuple, keys of a map, repeats", "[trace]") {
  auto const step = [](auto& comm) {
    comm.all_reduce(std::tuple<weight, weight>{}, cf::sum, dp);
    comm.repeat(2, [&] { comm.named_scope("again", [&] { comm.all_reduce(weight{}, cf::sum, dp); }); });
    comm.all_reduce(std::map<std::string, weight>{{"b", {}}, {"a", {}}}, cf::sum, dp);
  };
  CHECK(paths_of(cf::log_with_paths(step)) == strings{"[0]", "[1]", "again", "again", "[\"a\"]", "[\"b\"]"});
}

TEST_CASE("the calls are those of a log", "[trace]") {
  auto const step = [](auto& comm, model const& m) {
    comm.phase("forward", [&] { comm.for_each(m.layers, [&](auto const& a) { comm.all_gather(a, dp); }); });
    auto const whole = comm.all_gather(m.norm, dp);
    comm.reduce_scatter(whole, cf::sum, dp);
  };
  auto const with_paths = cf::log_with_paths(step, a_model());
  auto const without = cf::log(step, a_model());
  REQUIRE(with_paths.calls().size() == 6);
  REQUIRE(without.calls().size() == 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(with_paths.calls()[i].call == without.calls()[i]);
}

TEST_CASE("a body that throws leaves the path as it was, and a scope has a name", "[trace]") {
  auto const step = [](auto& comm) {
    try {
      comm.named_scope("lost", [&] { throw std::runtime_error("on purpose"); });
    } catch (std::runtime_error const&) {
    }
    comm.all_reduce(weight{}, cf::sum, dp);
    CHECK_THROWS_AS(comm.named_scope("", [] {}), cf::invalid_argument);
  };
  CHECK(paths_of(cf::log_with_paths(step)) == strings{""});
}

TEST_CASE("a tensor that is the whole tree adds nothing to the path", "[trace]") {
  auto const step = [](auto& comm) {
    comm.named_scope("w", [&] {
      comm.all_reduce(cf::dynamic_value(weight{}), cf::sum, dp);  // a tree, whose only leaf is at its root
      comm.send(cf::dynamic_value(weight{}), 1, dp);
      comm.all_reduce(weight{}, cf::sum, dp);
    });
  };
  CHECK(paths_of(cf::log_with_paths(step)) == strings{"w", "w", "w"});
}

TEST_CASE("an alternative follows without a dot, as in the path of a tree", "[trace]") {
  auto const step = [](auto& comm) {
    comm.named_scope("w", [&] { comm.all_reduce(std::variant<weight, int>{}, cf::sum, dp); });
    comm.all_reduce(std::variant<int, std::vector<weight>>{std::vector<weight>(1)}, cf::sum, dp);
  };
  CHECK(paths_of(cf::log_with_paths(step)) == strings{"w<0>", "<1>[0]"});
}

// What keeps no paths runs the body and forgets the name.
static_assert(cf::trace([](auto& comm) { comm.named_scope("layers", [&] { comm.all_reduce(weight{}, cf::sum, dp); }); }).calls() == 1);
