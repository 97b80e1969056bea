// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/barrier.hpp>

namespace {
namespace wire = commfold::wire;
namespace barrier = wire::barrier;

static_assert(wire::traffic_of(barrier::linear(5), 0) == wire::rank_traffic{0, 0, 4, 4});
static_assert(wire::traffic_of(barrier::double_ring(5), 3) == wire::rank_traffic{0, 0, 2, 2} &&
              wire::rounds(barrier::double_ring(5)) == 10);
static_assert(wire::traffic_of(barrier::recursive_doubling(5), 0) == wire::rank_traffic{0, 0, 3, 3});
static_assert(wire::traffic_of(barrier::recursive_doubling(5), 4) == wire::rank_traffic{0, 0, 1, 1});
static_assert(wire::traffic_of(barrier::dissemination(5), 2) == wire::rank_traffic{0, 0, 3, 3});
static_assert(wire::traffic_of(barrier::low_bit_binomial(8), 4) == wire::rank_traffic{0, 0, 3, 3});
static_assert(wire::traffic_of(barrier::two_proc(2), 1) == wire::rank_traffic{0, 0, 1, 1});

}  // namespace
