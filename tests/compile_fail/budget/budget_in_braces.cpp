// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: more than the budget allows; broken_budget<|message bytes: 8 B, at most 7 B
// error: budget<1, .*"message bytes"., .*"of every call"., 8, .*at_most, 7, |message bytes: 8 B, at most 7 B
#include <commfold/budget/assert_budget.hpp>
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr auto step = [](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 2>{}, cf::sum, cf::process_group<"dp", 2>{}); };
constexpr auto traffic = cf::trace(step);

#ifdef SHOULD_FAIL
constexpr std::size_t limit = 7;
#else
constexpr std::size_t limit = 8;
#endif
COMMFOLD_ASSERT_BUDGET(traffic, {.calls = {.at_most = 1}});
COMMFOLD_ASSERT_BUDGET(traffic, {{.of = {.group = "dp"}, .calls = {.at_most = 1}}, {.message_bytes = {.at_most = limit}}});

template <class Step>
void in_a_template() {
  constexpr auto own = cf::trace(Step{});
  COMMFOLD_ASSERT_BUDGET(own, {.calls = {.at_most = 1}});
}

int main() { in_a_template<decltype(step)>(); }
