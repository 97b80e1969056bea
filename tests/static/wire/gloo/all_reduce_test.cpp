// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/all_reduce.hpp>

#include <commfold/wire/gloo/framing.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
using cf::gloo::all_reduce;
using cf::wire::message;
using cf::wire::traffic_of;
using gloo_test::is;
using gloo_test::nth_message;

// 64 floats on 4 ranks: 8 segments of 32 bytes, two a rank. Down the ring: 2 (p - 1) / p N.
constexpr all_reduce even(256, 4, 4);
static_assert(is(traffic_of(even, 0), 384, 384, 12, 12) && is(traffic_of(even, 3), 384, 384, 12, 12));
static_assert(cf::gloo::socket_bytes(traffic_of(even, 3)) == 384 + 12 * 144);
static_assert(cf::wire::sent_bytes(even, 2, 1) == 384 && cf::wire::sent_bytes(even, 2, 3) == 0 && cf::wire::rounds(even) == 12);

// 257 floats: segments of 132 bytes, of which the last has 104. Rank 1 begins with chunk 2, and its own chunk is the first that it gathers.
constexpr all_reduce uneven(1028, 4, 4);
static_assert(nth_message(uneven, 1, 0) == message{1, 0, 132, 0} && nth_message(uneven, 1, 3) == message{1, 0, 104, 3});
static_assert(nth_message(uneven, 1, 6) == message{1, 0, 132, 6} && nth_message(uneven, 1, 11) == message{1, 0, 104, 11});
// Chunks of 264, 264, 264 and 236 bytes: 2 N less the own chunk and that of r - 1.
static_assert(is(traffic_of(uneven, 3), 2056 - 236 - 264, 2056 - 264 - 236, 12, 12));
static_assert(is(traffic_of(uneven, 1), 2056 - 264 - 264, 2056 - 264 - 264, 12, 12));

// One float on 8 ranks: one segment, in the chunk of rank 0. All but rank 0 pass it on, and then all but rank 1.
constexpr all_reduce one_element(4, 8, 4);
static_assert(is(traffic_of(one_element, 5), 8, 8, 2, 2) && is(traffic_of(one_element, 0), 4, 4, 1, 1));
static_assert(is(traffic_of(one_element, 1), 4, 8, 1, 2) && is(traffic_of(one_element, 7), 8, 4, 2, 1));

// Past 2 p MiB there are more segments than two a rank, none longer than a MiB.
constexpr std::size_t mib = 1 << 20;
constexpr all_reduce large(9 * mib, 2, 4);
static_assert(nth_message(large, 0, 0).bytes == 943720 && traffic_of(large, 0).sent_messages == 10 && cf::wire::rounds(large) == 10);
constexpr all_reduce of_odd_elements(4 * mib, 2, 16);
static_assert(nth_message(of_odd_elements, 0, 0).bytes == mib && traffic_of(of_odd_elements, 0).sent_messages == 4);

static_assert(gloo_test::is_lawful(even) && gloo_test::is_lawful(uneven) && gloo_test::is_lawful(one_element) &&
              gloo_test::is_lawful(large));

// Nothing of nothing, and on one rank.
static_assert(traffic_of(all_reduce(0, 4, 4), 2) == cf::wire::rank_traffic{} &&
              traffic_of(all_reduce(256, 1, 4), 0) == cf::wire::rank_traffic{});
static_assert(gloo_test::is_lawful(all_reduce(0, 4, 4)) && gloo_test::is_lawful(all_reduce(256, 1, 4)));

// By the closed form for any number of ranks: 16,384 of them, and a GiB.
static_assert(is(traffic_of(all_reduce(std::size_t{1} << 30, 16384, 4), 16383), 131072 * 16383u, 131072 * 16383u, 4 * 16383u, 4 * 16383u));

static_assert(!call::is_a_constant<[] { return all_reduce(256, 0, 4); }>);
static_assert(!call::is_a_constant<[] { return all_reduce(255, 4, 4); }>);
static_assert(!call::is_a_constant<[] { return all_reduce(256, 4, 0); }>);
// Sums that do not fit are refused, and vectors of which they would.
static_assert(!call::is_a_constant<[] { return traffic_of(all_reduce(~std::size_t{0}, 4, 1), 0); }>);

}  // namespace
