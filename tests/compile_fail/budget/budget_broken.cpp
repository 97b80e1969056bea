// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: more than the budget allows; broken_budget<|message bytes over 'tp' in phase 'backward': 384 B, at most 383 B
// error: budget<1, .*"message bytes"., .*"over .'tp.' in phase .'backward.'"., 384, .*at_most, 383, |: 384 B, at most 383 B
// error: contribution<.*"_c10d_functional::all_reduce"., .*"tp"., .*"backward/layer"., 256>|'backward/layer' 256 B
// error: ., 256>, .*contribution<.*all_reduce"., .*"tp"., .*"backward"., 128>|256 B, .*'backward' 128 B
// error: budget_broken.cpp:3[0-9]:1: (error|note)
#include <commfold/budget/assert_budget.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"tp", 2> tp;

// 128 B forward, 128 B backward and 256 B in its layer.
constexpr auto traffic = cf::trace([](auto& comm) {
  cf::tensor<cf::f32, 32> const x;
  comm.phase("forward", [&] { comm.all_reduce(x, cf::sum, tp); });
  comm.phase("backward", [&] {
    comm.all_reduce(x, cf::sum, tp);
    comm.phase("layer", [&] { comm.all_reduce(cf::tensor<cf::f32, 64>{}, cf::sum, tp); });
  });
});

#ifdef SHOULD_FAIL
constexpr std::size_t limit = 383;
#else
constexpr std::size_t limit = 384;
#endif
constexpr cf::budget rules[] = {
    {.message_bytes = {.at_most = 512}},
    {.of = {.group = "tp", .phase = "backward"}, .message_bytes = {.at_most = limit}},
};
COMMFOLD_ASSERT_BUDGET(traffic, rules);

int main() {}
