// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/reduce_scatter.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
namespace reduce_scatter = wire::reduce_scatter;

constexpr std::size_t sizes[] = {1, 10, 100, 1000};
constexpr wire::blocks four = wire::blocks::of({sizes, 4});

static_assert(wire::sent_bytes(reduce_scatter::ring(four), 1) == 1101);
static_assert(wire::sent_bytes(reduce_scatter::ring(four, wire::ring_direction::down), 1, 0) == 1101);
static_assert(wire::sent_bytes(reduce_scatter::recursive_halving(four), 1, 3) == 1100 &&
              wire::sent_bytes(reduce_scatter::recursive_halving(four), 1, 0) == 1);
// Of 3 ranks 0 hands all to 1, and gets its block from it.
constexpr reduce_scatter::recursive_halving three(wire::blocks::of_vector(1024, 3));
static_assert(wire::sent_bytes(three, 0, 1) == 1024 && wire::sent_bytes(three, 1, 2) == 341 && wire::sent_bytes(three, 1, 0) == 342);
static_assert(wire::sent_bytes(three, 2, 1) == 683);
// The butterfly halves from the nearest on, so ranks 1 and 2 end with each other's block.
static_assert(wire::sent_bytes(reduce_scatter::butterfly(four), 1, 0) == 11 &&
              wire::sent_bytes(reduce_scatter::butterfly(four), 1, 3) == 1000);
static_assert(wire::sent_bytes(reduce_scatter::butterfly(four), 1, 2) == 100 &&
              wire::sent_bytes(reduce_scatter::butterfly(four), 0) == 1110);
constexpr reduce_scatter::butterfly before(four, reduce_scatter::mirroring::beforehand);
static_assert(wire::sent_bytes(before, 1, 0) == 101 && wire::sent_bytes(before, 1, 3) == 1000 && wire::sent_bytes(before, 1, 2) == 0);
static_assert(wire::sent_bytes(reduce_scatter::recursive_doubling(four), 1, 0) == 1101 &&
              wire::sent_bytes(reduce_scatter::recursive_doubling(four), 1, 3) == 1100);
// Two nodes of two: to rank 0 the blocks of its place, to rank 3 its own.
static_assert(wire::sent_bytes(reduce_scatter::two_level(four, 2), 1, 0) == 101 &&
              wire::sent_bytes(reduce_scatter::two_level(four, 2), 1, 3) == 1000);
static_assert(wire::traffic_of(reduce_scatter::nvls(four), 2) == wire::rank_traffic{1111, 100, 1, 1});

}  // namespace
