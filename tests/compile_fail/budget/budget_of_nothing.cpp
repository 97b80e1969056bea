// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: less than the budget asks for; broken_budget<|calls: 0, at least 1; no such call was recorded
// error: budget<0, .*"calls"., .*"of every call"., 0, .*at_least, 1>|calls: 0, at least 1
#include <commfold/budget/assert_budget.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

// A step that records nothing, by mistake.
constexpr auto traffic = cf::trace([](auto&) {});

#ifdef SHOULD_FAIL
COMMFOLD_ASSERT_BUDGET(traffic, cf::budget{.message_bytes = {.at_most = 1000}});
#else
COMMFOLD_ASSERT_BUDGET(traffic, cf::budget{.message_bytes = {.at_most = 1000}, .calls = {.at_least = 0}});
#endif

int main() {}
