// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: less than the budget asks for; broken_budget<|smallest: c10d::send over 'dp' 4 B; and 1 more broken
// error: budget<1, .*"message bytes of one call"., .*"of every call"., 4, .*at_least, 5, |message bytes of one call: 4 B, at least 5 B
// error: contribution<.*"c10d::send"., .*"dp"., .*""., 4>|smallest: c10d::send over 'dp' 4 B
// Of two broken rules the first is told, and the other is no error of its own.
#include <commfold/budget/assert_budget.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr auto traffic = cf::trace([](auto& comm) { comm.send(cf::tensor<cf::f32, 1>{}, 1, cf::process_group<"dp", 2>{}); });

#ifdef SHOULD_FAIL
constexpr std::size_t floor_of_a_call = 5;
#else
constexpr std::size_t floor_of_a_call = 4;
#endif
constexpr cf::budget rules[] = {
    {.message_bytes = {.at_most = 4}},
    {.message_size = {.at_least = floor_of_a_call}},
    {.input_bytes = {.at_least = floor_of_a_call}},
};
COMMFOLD_ASSERT_BUDGET(traffic, rules);

int main() {}
