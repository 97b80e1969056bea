// SPDX-License-Identifier: BSL-1.0
// error: ask of on_wire\(ledger, backend, cluster\)
#include <commfold/budget/assert_budget.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"dp", 4> dp;
constexpr auto traffic =
    cf::trace<1>([](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::f32, 100>{}, cf::sum, dp); });

#ifdef SHOULD_FAIL
constexpr bool kept = cf::within(traffic, cf::budget{.sent_bytes = {.at_most = 600}});
#else
constexpr bool kept = cf::within(traffic, cf::budget{.message_bytes = {.at_most = 600}});
#endif

int main() { static_cast<void>(kept); }
