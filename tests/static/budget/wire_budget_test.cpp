// SPDX-License-Identifier: BSL-1.0
#include <commfold/budget/assert_budget.hpp>
#include <commfold/budget/within.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/step.hpp>
#include <commfold/wire/time.hpp>

#include "../wire/is_a_constant.hpp"
#include "../wire/my_library.hpp"

#include <limits>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp", 8> tp;
constexpr wire::cluster where(cf::device_mesh{dp, tp}, {{"node", 8}});
constexpr auto steps = [](auto& comm) {
  comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::u8, 7>{}, cf::sum, dp);  // 10, 11, 11 and 10 B
  comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::u8, 8>{}, cf::sum, tp);  // 14 B
};
constexpr auto traffic = cf::trace<4>(steps);
constexpr auto sent = cf::on_wire(traffic, my_library{}, where, wire::network{{1, 1}, {10, 1}});
using cf::within;

// The rank that sends most, and both ends belong to the range.
static_assert(within(sent, cf::budget{.sent_bytes = {.at_least = 25, .at_most = 25}}));
static_assert(!within(sent, cf::budget{.sent_bytes = {.at_most = 24}}) && !within(sent, cf::budget{.sent_bytes = {.at_least = 26}}));
static_assert(within(sent, cf::budget{.received_bytes = {.at_least = 25, .at_most = 25}}));
static_assert(!within(sent, cf::budget{.received_bytes = {.at_most = 24}}));
static_assert(within(sent, cf::budget{.of = {.group = tp}, .sent_bytes = {.at_least = 14, .at_most = 14}}));
// 8 groups over "dp" send 42 B each.
static_assert(within(sent, cf::budget{.between = {.domain = "node", .at_least = 336, .at_most = 336}}));
static_assert(!within(sent, cf::budget{.between = {.at_most = 335}}) && !within(sent, cf::budget{.between = {.at_least = 337}}));
static_assert(within(sent, cf::budget{.of = {.group = tp}, .between = {.at_most = 0}}));
// "tp": 14 rounds of 1 us and 1 B at 1 GB/s, 14.014 us.
static_assert(within(sent, cf::budget{.of = {.group = tp}, .microseconds = {.at_least = 14.014, .at_most = 14.0141}}));
static_assert(!within(sent, cf::budget{.of = {.group = tp}, .microseconds = {.at_most = 14}}));
// Other numbers are the ledger's.
static_assert(within(sent, cf::budget{.message_bytes = {.at_least = 15, .at_most = 15}, .calls = {.at_most = 2}}));
static_assert(!within(sent, cf::budget{.message_bytes = {.at_most = 14}}));
COMMFOLD_ASSERT_BUDGET(sent, {.sent_bytes = {.at_most = 25}});
constexpr cf::budget rules[] = {{.of = {.group = tp}, .between = {.at_most = 0}}, {.sent_bytes = {.at_most = 25}}};
COMMFOLD_ASSERT_BUDGET(sent, rules);

// A ledger does not know what is on the wire, and a step without a timing not how long it takes.
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.sent_bytes = {.at_most = 1000}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.received_bytes = {.at_most = 1000}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.between = {.at_least = 1}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.microseconds = {.at_most = 1e9}}); }>);
constexpr auto untimed = cf::on_wire(traffic, my_library{}, where);
static_assert(!is_a_constant<[] { return within(untimed, cf::budget{.microseconds = {.at_most = 1e9}}); }>);
static_assert(within(untimed, cf::budget{.sent_bytes = {.at_most = 25}}));

// Ranges that hold no number.
static_assert(!is_a_constant<[] { return within(sent, cf::budget{.sent_bytes = {2, 1}}); }>);
static_assert(!is_a_constant<[] { return within(sent, cf::budget{.microseconds = {2, 1}}); }>);
static_assert(!is_a_constant<[] { return within(sent, cf::budget{.microseconds = {-1, 1}}); }>);
static_assert(
    !is_a_constant<[] { return within(sent, cf::budget{.microseconds = {.at_most = std::numeric_limits<double>::quiet_NaN()}}); }>);
static_assert(!is_a_constant<[] { return within(sent, cf::budget{.between = {.domain = "rack", .at_most = 1}}); }>);
}  // namespace
