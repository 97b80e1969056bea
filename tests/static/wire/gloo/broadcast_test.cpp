// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/broadcast.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

namespace {
namespace cf = commfold;
using cf::gloo::broadcast;
using cf::wire::message;
using cf::wire::traffic_of;
using gloo_test::is;
using gloo_test::nth_message;

// On 6 ranks from rank 2: v = 0 sends to 1, 2, 4, then v = 1 to 3 and 5.
constexpr broadcast six(100, 6, 2);
static_assert(is(traffic_of(six, 2), 300, 0, 3, 0) && is(traffic_of(six, 3), 200, 100, 2, 1) && is(traffic_of(six, 4), 0, 100, 0, 1));
static_assert(nth_message(six, 2, 0) == message{2, 3, 100, 0} && nth_message(six, 2, 2) == message{2, 0, 100, 2});
static_assert(nth_message(six, 3, 0) == message{3, 5, 100, 1} && nth_message(six, 3, 1) == message{3, 1, 100, 2});
static_assert(cf::wire::rounds(six) == 3 && cf::wire::sent_bytes(six, 3, 1) == 100);

// An empty message goes the same way.
static_assert(is(traffic_of(broadcast(0, 6, 2), 2), 0, 0, 3, 0) && is(traffic_of(broadcast(8, 1, 0), 0), 0, 0, 0, 0));

static_assert(gloo_test::is_lawful(six) && gloo_test::is_lawful(broadcast(0, 6, 5)) && gloo_test::is_lawful(broadcast(8, 1, 0)));
static_assert(is(traffic_of(broadcast(8, cf::gloo::detail::group::most_ranks, 1), 0), 0, 8, 0, 1));

static_assert(!call::is_a_constant<[] { return broadcast(8, 0, 0); }>);
static_assert(!call::is_a_constant<[] { return broadcast(8, 4, 4); }>);

}  // namespace
