// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/all_gather.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
namespace all_gather = wire::all_gather;

constexpr std::size_t sizes[] = {1, 10, 100, 1000};
constexpr wire::blocks four = wire::blocks::of({sizes, 4});

static_assert(wire::sent_bytes(all_gather::linear(four), 2) == 300 && wire::received_bytes(all_gather::linear(four), 2) == 1011);
static_assert(wire::sent_bytes(all_gather::ring(four), 1) == 1011 && wire::sent_bytes(all_gather::ring(four), 1, 2) == 1011);
static_assert(wire::sent_bytes(all_gather::ring(four, wire::ring_direction::down), 1) == 1110);
static_assert(wire::sent_bytes(all_gather::recursive_doubling(four), 1, 0) == 10 &&
              wire::sent_bytes(all_gather::recursive_doubling(four), 1, 3) == 11);
static_assert(wire::sent_bytes(all_gather::bruck(four), 3, 2) == 1000 && wire::sent_bytes(all_gather::bruck(four), 3, 1) == 1001);
static_assert(wire::sent_bytes(all_gather::bruck(wire::blocks::equal(10, 5)), 0) == 40 &&
              wire::rounds(all_gather::bruck(wire::blocks::equal(10, 5))) == 3);
static_assert(wire::sent_bytes(all_gather::neighbor_exchange(four), 1, 0) == 10 &&
              wire::sent_bytes(all_gather::neighbor_exchange(four), 1, 2) == 11);
// The farthest first: 3 sends its block to 1, then its own and that of 1 to 0.
static_assert(wire::sent_bytes(all_gather::pat(four), 3, 1) == 1000 && wire::sent_bytes(all_gather::pat(four), 3, 0) == 1010);
static_assert(wire::received_bytes(all_gather::pat(wire::blocks::equal(10, 5)), 2) == 40);
// Two nodes of two: rank 1 swaps with 3, then both blocks of its place go to 0.
static_assert(wire::sent_bytes(all_gather::two_level(four, 2), 1, 3) == 10 &&
              wire::sent_bytes(all_gather::two_level(four, 2), 1, 0) == 1010);
// Through a switch its block once, and all back.
static_assert(wire::traffic_of(all_gather::nvls(four), 2) == wire::rank_traffic{100, 1111, 1, 1});
static_assert(wire::traffic_of(all_gather::two_proc(wire::blocks::equal(9, 2)), 0) == wire::rank_traffic{9, 9, 1, 1});

}  // namespace
