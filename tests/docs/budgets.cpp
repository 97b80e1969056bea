// SPDX-License-Identifier: BSL-1.0
// What docs/budgets.md shows; tests/snippets.cmake cuts it from here.
#include <commfold/commfold.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace cf = commfold;
using namespace cf::literals;

// [step]
constexpr cf::device_mesh mesh{cf::process_group<"dp", 16>{}, cf::process_group<"tp", 8>{}};
constexpr auto dp = mesh.group<"dp">();
constexpr auto tp = mesh.group<"tp">();

constexpr auto step = [](auto& comm) {
  cf::tensor<cf::bf16, 1024, 4096> const activation;
  cf::tensor<cf::f32, 4096, 512> const gradient;
  comm.phase("forward", [&] { comm.repeat(32, [&] { comm.all_reduce(activation, cf::sum, tp); }); });
  comm.phase("backward", [&] {
    comm.repeat(32, [&] {
      comm.phase("layer", [&] {
        comm.all_reduce(activation, cf::sum, tp);
        comm.reduce_scatter(gradient, cf::avg, dp);
      });
    });
    comm.all_reduce(cf::tensor<cf::f32, 1>{}, cf::sum, dp);  // the norm
  });
};
constexpr auto traffic = cf::trace(step);
// [/step]

// [whole]
constexpr cf::budget whole{.message_bytes = {.at_least = 700_MB, .at_most = 810_MB}, .calls = {.at_most = 100}};
static_assert(cf::within(traffic, whole));
// [/whole]

// [assert]
COMMFOLD_ASSERT_BUDGET(traffic, whole);
// [/assert]

// [floor]
constexpr auto nothing = cf::trace([](auto&) {});  // a step that forgot its calls
static_assert(!cf::within(nothing, cf::budget{.message_bytes = {.at_most = 810_MB}}));
static_assert(!cf::within(traffic, cf::budget{.of = {.group = "tensor"}, .message_bytes = {.at_most = 810_MB}}));  // it is called "tp"
// [/floor]

// [rules]
constexpr cf::budget rules[] = {
    // One operator on one axis of the mesh, in one phase. The names of operators and groups are taken from what they name.
    {.of = {.op = cf::c10d_functional::all_reduce, .group = tp, .phase = "forward"}, .calls = {.at_least = 32, .at_most = 32}},
    // "backward" and what is nested in it, "backward/layer".
    {.of = {.phase = "backward"}, .message_bytes = {.at_least = 500_MB, .at_most = 540_MB}},
    // Gradients are reduced in float32.
    {.of = {.group = dp, .dtype = cf::bf16}, .calls = cf::no_calls},
    // The forward is without data parallelism.
    {.of = {.group = dp, .phase = "forward"}, .calls = cf::no_calls},
    // Each of these calls is of at least a megabyte.
    {.of = {.op = cf::c10d_functional::reduce_scatter_tensor}, .message_size = {.at_least = 1_MB}},
    // One call of a few bytes is all right, two are not.
    {.of = {.message_size = {.at_most = 1_KB}}, .calls = {.at_most = 1}},
};
COMMFOLD_ASSERT_BUDGET(traffic, rules);
// [/rules]

std::string text_of(char const* name) {
  std::ifstream file(std::string(COMMFOLD_TEST_DATA "/../docs/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("what the page of budgets shows of check", "[docs]") {
  std::string printed;
  auto const puts = [&](char const* line) { (printed += line) += '\n'; };
  // [check]
  cf::budget const limits[] = {
      {.of = {.group = tp}, .message_bytes = {.at_most = 500_MB}},
      {.of = {.group = dp, .phase = "forward"}, .calls = {.at_least = 1}},
  };
  for (cf::budget_violation const& broken : cf::check(cf::trace<cf::dyn>(step), limits)) puts(to_string(broken).c_str());
  // [/check]
  CHECK(printed == text_of("check.txt"));
}
