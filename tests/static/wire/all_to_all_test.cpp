// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/all_to_all.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
namespace all_to_all = wire::all_to_all;

constexpr std::size_t matrix[] = {0, 1, 2, 10, 0, 12, 20, 21, 0};
constexpr auto pairs = all_to_all::pair_bytes::of({matrix, 9}, 3);
static_assert(wire::traffic_of(all_to_all::linear(pairs), 1) == wire::rank_traffic{22, 22, 2, 2});
static_assert(wire::sent_bytes(all_to_all::pairwise(pairs), 2, 1) == 21 && wire::rounds(all_to_all::pairwise(pairs)) == 2);
static_assert(wire::rounds(all_to_all::linear(pairs)) == 1 &&
              wire::rounds(all_to_all::linear(all_to_all::pair_bytes::equal(1, 9), 3)) == 3);
static_assert(wire::sent_bytes(all_to_all::pairwise_xor(all_to_all::pair_bytes::equal(10, 8)), 5) == 70);
static_assert(wire::sent_bytes(all_to_all::bruck(10, 8), 5) == 120 && wire::sent_bytes(all_to_all::bruck(10, 8), 5, 6) == 40);
static_assert(wire::sent_bytes(all_to_all::bruck(10, 6), 0) == 10 * (1 + 1 + 2 + 1 + 2));
static_assert(wire::sent_bytes(all_to_all::two_proc(all_to_all::pair_bytes::equal(10, 2)), 1) == 10);

}  // namespace
