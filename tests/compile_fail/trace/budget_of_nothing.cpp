// SPDX-License-Identifier: BSL-1.0
// error[gcc]: static assertion failed
// error[clang]: static assertion failed due to requirement .*within\(traffic,
#include <commfold/trace/budget.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

// A step that records nothing, by mistake.
constexpr auto traffic = cf::trace([](auto&) {});

#ifdef SHOULD_FAIL
static_assert(cf::within(traffic, cf::budget{.message_bytes = {.at_most = 1000}}));
#else
static_assert(cf::within(traffic, cf::budget{.message_bytes = {.at_most = 1000}, .calls = {.at_least = 0}}));
#endif

int main() {}
