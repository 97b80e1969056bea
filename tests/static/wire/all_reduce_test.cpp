// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/all_reduce.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
namespace all_reduce = wire::all_reduce;

// 1,000,003 B on 4 ranks, as Open MPI's monitoring told for its ring.
constexpr all_reduce::ring ring(wire::blocks::of_vector(1'000'003, 4));
static_assert(wire::sent_bytes(ring, 0) == 1'500'004 && wire::sent_bytes(ring, 1) == 1'500'005 && wire::sent_bytes(ring, 3) == 1'500'004);

constexpr all_reduce::segmented_ring segmented(4, 1'000'003, 65'536);
static_assert(segmented.phases() == 4 && wire::traffic_of(segmented, 0) == wire::rank_traffic{1'500'004, 1'500'004, 15, 15});

static_assert(wire::traffic_of(all_reduce::linear(4, 100), 0) == wire::rank_traffic{300, 300, 3, 3});
static_assert(wire::traffic_of(all_reduce::linear(4, 100, 2), 0) == wire::rank_traffic{100, 100, 1, 1});

// N lg p; of 6 ranks 0 sends once, 1 to 0 as well.
static_assert(wire::sent_bytes(all_reduce::recursive_doubling(8, 100), 5) == 300);
static_assert(wire::sent_bytes(all_reduce::recursive_doubling(6, 100), 0) == 100 &&
              wire::sent_bytes(all_reduce::recursive_doubling(6, 100), 1) == 300);
static_assert(wire::sent_bytes(all_reduce::recursive_doubling(6, 100), 5) == 200);

// 2 (p - 1) / p N, and of 3 ranks, of which 1 hands over: halves, then the vector.
static_assert(wire::sent_bytes(all_reduce::rabenseifner(8, 800), 3) == 1400 && wire::rounds(all_reduce::rabenseifner(8, 800)) == 6);
static_assert(wire::sent_bytes(all_reduce::rabenseifner(3, 100), 0, 1) == 150 &&
              wire::sent_bytes(all_reduce::rabenseifner(3, 100), 1) == 100);
static_assert(wire::sent_bytes(all_reduce::rabenseifner(3, 100), 0, 2) == 100);

// 2 N, the roots N.
constexpr all_reduce::double_binary_tree both(8, 100);
static_assert(wire::sent_bytes(both, 0) == 100 && wire::sent_bytes(both, 7) == 100 && wire::sent_bytes(both, 3) == 200);
static_assert(wire::total_bytes(both) == 2 * 7 * 100);

// 2 nodes of 4: 2 · 3/4 N within, 2 · 1/2 · N/4 between.
constexpr all_reduce::two_level levels(8, 800, 4);
static_assert(wire::sent_bytes(levels, 1, 2) == 1200 && wire::sent_bytes(levels, 1, 5) == 200 && wire::sent_bytes(levels, 1) == 1400);

static_assert(wire::traffic_of(all_reduce::nvls(wire::blocks::equal(100, 8)), 3) == wire::rank_traffic{900, 900, 2, 2});
// 2 · 3/4 N within the node, N / 4 to the switch.
static_assert(wire::traffic_of(all_reduce::coll_net(8, 800, 4), 3) == wire::rank_traffic{1400, 1400, 7, 7});

// Of 16,384 ranks the closed form answers for one.
static_assert(wire::sent_bytes(all_reduce::ring(wire::blocks::equal(10, 16'384)), 9'000) == 2 * 16'383 * 10);
static_assert(wire::traffic_of(all_reduce::rabenseifner(16'384, 163'840), 9'000).received_bytes == 2 * 16'383 * 10);

}  // namespace
