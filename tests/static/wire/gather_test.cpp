// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gather.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
namespace gather = wire::gather;

constexpr std::size_t sizes[] = {1, 0, 100, 1000};
constexpr wire::blocks four = wire::blocks::of({sizes, 4});

static_assert(wire::traffic_of(gather::linear(four), 0) == wire::rank_traffic{0, 1100, 0, 2});  // nothing of the empty block
static_assert(wire::traffic_of(gather::linear(four, 3), 0) == wire::rank_traffic{1, 0, 1, 0});
static_assert(wire::traffic_of(gather::low_bit_binomial(four), 2) == wire::rank_traffic{1100, 1000, 1, 1});
// Root 1: position 2 is rank 3, whose subtree is ranks 3 and 0.
static_assert(wire::sent_bytes(gather::low_bit_binomial(four, 1), 3, 1) == 1001 && wire::rounds(gather::low_bit_binomial(four, 1)) == 2);

constexpr gather::linear_with_sync told(four, 0, 60);
static_assert(wire::traffic_of(told, 0) == wire::rank_traffic{0, 1100, 3, 6} &&
              wire::traffic_of(told, 2) == wire::rank_traffic{100, 0, 2, 1});

}  // namespace
