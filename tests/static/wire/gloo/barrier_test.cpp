// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/barrier.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

namespace {
namespace cf = commfold;
using cf::gloo::barrier;
using cf::gloo::monitored_barrier;
using cf::wire::message;
using cf::wire::traffic_of;
using gloo_test::is;
using gloo_test::nth_message;

// On 5 ranks to r + 1, r + 2, r + 4.
constexpr barrier five(5);
static_assert(is(traffic_of(five, 3), 0, 0, 3, 3) && nth_message(five, 3, 2) == message{3, 2, 0, 2} && cf::wire::rounds(five) == 3);
static_assert(traffic_of(barrier(4), 0).sent_messages == 2 && traffic_of(barrier(8), 0).sent_messages == 3 &&
              traffic_of(barrier(9), 0).sent_messages == 4 && traffic_of(barrier(1), 0).sent_messages == 0);

constexpr monitored_barrier watched(5);
static_assert(is(traffic_of(watched, 0), 16, 16, 4, 4) && is(traffic_of(watched, 3), 4, 4, 1, 1));
static_assert(nth_message(watched, 3, 0) == message{3, 0, 4, 0} && nth_message(watched, 0, 1) == message{0, 2, 4, 1});

static_assert(gloo_test::is_lawful(five) && gloo_test::is_lawful(watched) && gloo_test::is_lawful(barrier(1)) &&
              gloo_test::is_lawful(monitored_barrier(1)));

static_assert(!call::is_a_constant<[] { return barrier(0); }>);
static_assert(!call::is_a_constant<[] { return monitored_barrier(0); }>);

}  // namespace
