// SPDX-License-Identifier: BSL-1.0
// error: fail_empty_range
#include <commfold/budget/budget.hpp>
#include <commfold/budget/within.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr auto traffic = cf::trace([](auto&) {});

#ifdef SHOULD_FAIL
constexpr bool kept = cf::within(traffic, cf::budget{.message_bytes = {.at_least = 2, .at_most = 1}});
#else
constexpr bool kept = cf::within(traffic, cf::budget{.message_bytes = {.at_least = 2, .at_most = 2}});
static_assert(!kept);
#endif

int main() {}
