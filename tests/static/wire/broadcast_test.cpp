// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/broadcast.hpp>

namespace {
namespace wire = commfold::wire;
namespace broadcast = wire::broadcast;

static_assert(wire::traffic_of(broadcast::linear(4, 100, 2), 2) == wire::rank_traffic{300, 0, 3, 0});
static_assert(wire::traffic_of(broadcast::linear(4, 100, 2), 3) == wire::rank_traffic{0, 100, 0, 1});

// The two binomial trees: the same total, but other ranks send.
static_assert(wire::total_bytes(broadcast::low_bit_binomial(8, 100)) == 700 &&
              wire::total_bytes(broadcast::high_bit_binomial(8, 100)) == 700);
static_assert(wire::sent_bytes(broadcast::low_bit_binomial(8, 100), 1) == 0 &&
              wire::sent_bytes(broadcast::high_bit_binomial(8, 100), 1) == 200);
static_assert(wire::sent_bytes(broadcast::low_bit_binomial(8, 100), 4) == 200 &&
              wire::sent_bytes(broadcast::high_bit_binomial(8, 100), 4) == 0);
static_assert(wire::sent_bytes(broadcast::high_bit_binomial(8, 100, 5), 6) == 200);  // position 1 of root 5

// A pipeline of 4 ranks and 3 segments: 4 - 2 + 3 rounds.
constexpr broadcast::chain pipeline(4, 100, 0, 40);
static_assert(wire::traffic_of(pipeline, 1) == wire::rank_traffic{100, 100, 3, 3} && wire::rounds(pipeline) == 5);
static_assert(wire::sent_bytes(pipeline, 3) == 0);

static_assert(wire::sent_bytes(broadcast::k_nomial(8, 100), 0) == 400 && wire::sent_bytes(broadcast::k_nomial(8, 100), 4) == 300);
static_assert(wire::sent_bytes(broadcast::binary(8, 100), 1) == 200 && wire::sent_bytes(broadcast::binary(8, 100), 7) == 0);

// Halves of 5 and 4 bytes. Position 1 sends the first to its children and to 2, which sends it the second.
constexpr broadcast::split_binary split(8, 9);
static_assert(wire::sent_bytes(split, 0) == 5 + 4 + 4 && wire::sent_bytes(split, 0, 7) == 4);
static_assert(wire::sent_bytes(split, 1) == 15 && wire::sent_bytes(split, 1, 2) == 5 && wire::sent_bytes(split, 2, 1) == 4);
static_assert(wire::received_bytes(split, 6) == 9 && wire::received_bytes(split, 7) == 9);

// Blocks of ceil(10 / 4) = 3, 3, 3, 1.
constexpr broadcast::scatter_all_gather_ring geijn(4, 10);
static_assert(wire::sent_bytes(geijn, 0) == 4 + 3 + (10 - 3) && wire::sent_bytes(geijn, 2) == 1 + (10 - 1));
constexpr broadcast::scatter_all_gather_by_doubling doubled(4, 10);
static_assert(wire::sent_bytes(doubled, 0) == 4 + 3 + 3 + 6 && wire::sent_bytes(doubled, 3) == 1 + 4);

}  // namespace
