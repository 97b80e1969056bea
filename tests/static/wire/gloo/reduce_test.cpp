// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/reduce.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
using cf::gloo::reduce;
using cf::wire::message;
using cf::wire::traffic_of;
using gloo_test::is;
using gloo_test::nth_message;

// 64 floats on 4 ranks: segments of 32 bytes, two a rank; six down the ring, and the own chunk to the root.
constexpr reduce even(256, 4, 4, 1);
static_assert(is(traffic_of(even, 0), 192 + 64, 192, 7, 6) && is(traffic_of(even, 1), 192, 192 + 192, 6, 9));
static_assert(cf::wire::sent_bytes(even, 2, 1) == 192 + 64 && cf::wire::sent_bytes(even, 3, 1) == 64);
static_assert(nth_message(even, 2, 6) == message{2, 1, 64, 6} && nth_message(even, 3, 6) == message{3, 1, 64, 6});
static_assert(nth_message(even, 1, 5) == message{1, 0, 32, 5} && nth_message(even, 1, 6) == message{1, 1, 0, 0});
static_assert(cf::wire::rounds(even) == 7);

// One float on 8 ranks is in the chunk of rank 0: it goes down from rank 7, and rank 0 sends it to the root.
constexpr reduce one_element(4, 8, 4, 4);
static_assert(is(traffic_of(one_element, 0), 4, 4, 1, 1) && is(traffic_of(one_element, 3), 4, 4, 1, 1));
static_assert(is(traffic_of(one_element, 7), 4, 0, 1, 0) && is(traffic_of(one_element, 4), 4, 8, 1, 2));

// Past 2 p MiB: 5 MiB on 2 ranks are 6 segments of a MiB, of which the last is empty. Of its own three rank 0 sends the first again.
constexpr std::size_t mib = 1 << 20;
constexpr reduce large(5 * mib, 2, 4, 0);
static_assert(is(traffic_of(large, 0), 3 * mib, 6 * mib, 3, 5) && is(traffic_of(large, 1), 6 * mib, 3 * mib, 5, 3));

static_assert(gloo_test::is_lawful(even) && gloo_test::is_lawful(one_element) && gloo_test::is_lawful(large));
static_assert(gloo_test::is_lawful(reduce(1028, 3, 4, 2)) && gloo_test::is_lawful(reduce(0, 3, 4, 2)) &&
              gloo_test::is_lawful(reduce(8, 1, 4, 0)));
static_assert(traffic_of(reduce(0, 4, 4, 0), 2) == cf::wire::rank_traffic{});

static_assert(!call::is_a_constant<[] { return reduce(256, 0, 4, 0); }>);
static_assert(!call::is_a_constant<[] { return reduce(256, 4, 4, 4); }>);
static_assert(!call::is_a_constant<[] { return reduce(255, 4, 4, 0); }>);

}  // namespace
