// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/reduce.hpp>

namespace {
namespace wire = commfold::wire;
namespace reduce = wire::reduce;

static_assert(wire::traffic_of(reduce::linear(4, 100, 2), 2) == wire::rank_traffic{0, 300, 0, 3});
static_assert(wire::traffic_of(reduce::low_bit_binomial(8, 100, 3), 7) == wire::rank_traffic{100, 200, 1, 2});
static_assert(wire::sent_bytes(reduce::low_bit_binomial(8, 100, 3), 7, 3) == 100);
static_assert(wire::traffic_of(reduce::chain(4, 100, 0, 40), 1) == wire::rank_traffic{100, 100, 3, 3});
static_assert(wire::rounds(reduce::chain(4, 100, 0, 40)) == 5 && wire::rounds(reduce::binary(8, 100)) == 3);

// The in-order tree ends at rank p - 1, which hands on to the root, in one piece.
constexpr reduce::in_order_binary ordered(8, 100, 0, 40);
static_assert(wire::sent_bytes(ordered, 7, 0) == 100 && wire::traffic_of(ordered, 7).sent_messages == 1);
static_assert(wire::traffic_of(ordered, 0) == wire::rank_traffic{100, 100, 3, 1});
static_assert(wire::sent_bytes(reduce::in_order_binary(8, 100, 7), 7) == 0);

// Rabenseifner of 8 ranks and 1024 B: halves of 512, 256 and 128, then parts of them to the root.
constexpr reduce::rabenseifner parts(8, 1024);
static_assert(wire::sent_bytes(parts, 0) == 896 && wire::sent_bytes(parts, 1) == 1408 && wire::sent_bytes(parts, 1, 0) == 1024);
static_assert(wire::sent_bytes(parts, 7) == 1024 && wire::received_bytes(parts, 0) == 896 + 896);
// Of 3 ranks 1 is outside the core. As a root it takes the place of rank 0.
constexpr reduce::rabenseifner third(3, 10, 1);
static_assert(wire::sent_bytes(third, 0) == 5 + 5 + 5 && wire::sent_bytes(third, 0, 1) == 10 && wire::sent_bytes(third, 2, 1) == 5);

}  // namespace
