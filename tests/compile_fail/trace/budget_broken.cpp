// SPDX-License-Identifier: BSL-1.0
// error[gcc]: static assertion failed
// error[clang]: static assertion failed due to requirement .*within\(traffic,
#include <commfold/trace/budget.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

// 32 B in, a message of 128 B.
constexpr auto traffic = cf::trace([](auto& comm) { comm.all_gather(cf::tensor<cf::f32, 8>{}, g); });

#ifdef SHOULD_FAIL
static_assert(cf::within(traffic, cf::budget{.message_bytes = {.at_most = 127}}));
#else
static_assert(cf::within(traffic, cf::budget{.message_bytes = {.at_most = 128}}));
#endif

int main() {}
