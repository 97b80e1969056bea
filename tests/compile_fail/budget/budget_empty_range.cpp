// SPDX-License-Identifier: BSL-1.0
// error: commfold::within.*no number of {} is at least {} and at most {}
// error[gcc]: array subscript value '2' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"calls|in call to .fail.*message bytes".0., 2, 1\)
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
