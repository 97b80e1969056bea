// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/all_gather.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
using cf::gloo::all_gather;
using cf::wire::message;
using cf::wire::traffic_of;
using gloo_test::is;
using gloo_test::nth_message;

// Blocks of 117 bytes on 8 ranks, up the ring, in halves of 58 and 59.
constexpr all_gather odd(117, 8);
static_assert(is(traffic_of(odd, 0), 819, 819, 14, 14) && cf::wire::sent_bytes(odd, 7, 0) == 819 && cf::wire::rounds(odd) == 14);
static_assert(nth_message(odd, 7, 0) == message{7, 0, 58, 0} && nth_message(odd, 7, 1) == message{7, 0, 59, 1});
static_assert(nth_message(odd, 7, 13) == message{7, 0, 59, 13});

// Of one byte the first half is empty, and sent; of no byte nothing is.
static_assert(is(traffic_of(all_gather(1, 3), 1), 2, 2, 4, 4) && nth_message(all_gather(1, 3), 1, 2) == message{1, 2, 0, 2});
static_assert(is(traffic_of(all_gather(0, 3), 1), 0, 0, 0, 0) && is(traffic_of(all_gather(100, 1), 0), 0, 0, 0, 0));

static_assert(gloo_test::is_lawful(odd) && gloo_test::is_lawful(all_gather(1, 3)) && gloo_test::is_lawful(all_gather(0, 3)) &&
              gloo_test::is_lawful(all_gather(100, 1)));

static_assert(!call::is_a_constant<[] { return all_gather(8, 0); }>);
static_assert(!call::is_a_constant<[] { return all_gather(~std::size_t{0}, 3); }>);

}  // namespace
