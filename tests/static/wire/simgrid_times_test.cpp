// SPDX-License-Identifier: BSL-1.0
// The seven times that SimGrid 3.32 gave (SMPI replay; docs/wire.md says how), within a microsecond: two nodes of four ranks, 100 GB/s and
// 1 us between ranks of a node, one link of 12.5 GB/s each way between the nodes and 6 us from rank to rank over it, 1 000 000 B, or
// 125 000 B for each peer of an all_to_all.
#include <commfold/wire/time.hpp>

#include <commfold/wire/all_gather.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/all_to_all.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/reduce_scatter.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;

constexpr cf::process_group<"w", 8> eight;
constexpr wire::cluster two_nodes(eight, {{"node", 4}});
constexpr wire::network links{{1, 100}, {6, 12.5}};
constexpr cf::call_record over_all({"op", cf::collective_kind::all_reduce, "w", 8, {}, {}, {}, {}}, "");

constexpr bool takes(double microseconds, auto const& schedule) {
  double const ours = wire::microseconds_of(schedule, two_nodes.group_of(over_all), two_nodes, links);
  return ours - microseconds < 1 && microseconds - ours < 1;
}

constexpr std::size_t n = 1000000;
constexpr auto blocks = wire::blocks::of_vector(n, 8);
static_assert(takes(224, wire::all_reduce::ring(blocks)));
static_assert(takes(348, wire::all_reduce::recursive_doubling(8, n)));
static_assert(takes(108, wire::broadcast::low_bit_binomial(8, n)));
static_assert(takes(108, wire::reduce::low_bit_binomial(8, n)));
static_assert(takes(191, wire::all_to_all::pairwise_xor(wire::all_to_all::pair_bytes::equal(n / 8, 8))));
static_assert(takes(112, wire::reduce_scatter::ring(blocks)));
static_assert(takes(172, wire::all_gather::recursive_doubling(blocks)));

// The sum is not that of another algorithm.
static_assert(!takes(224, wire::all_reduce::recursive_doubling(8, n)) &&
              !takes(191, wire::all_to_all::linear(wire::all_to_all::pair_bytes::equal(n / 8, 8))));
}  // namespace
