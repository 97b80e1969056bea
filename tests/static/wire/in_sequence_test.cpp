// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/in_sequence.hpp>
#include <commfold/wire/reduce_scatter.hpp>

namespace {
namespace wire = commfold::wire;

constexpr auto both = wire::in_sequence(wire::gather::linear(wire::blocks::equal(10, 4), 1), wire::broadcast::high_bit_binomial(4, 40, 1));
static_assert(wire::closed_schedule<decltype(both)>);
static_assert(wire::traffic_of(both, 1) == wire::rank_traffic{80, 30, 2, 3});
static_assert(wire::sent_bytes(both, 3) == 10 && wire::rounds(both) == 3 && both.round_count() == 3);

// A peer of both is told once.
constexpr auto twice = wire::in_sequence(wire::broadcast::linear(3, 5), wire::broadcast::linear(3, 7));
constexpr std::size_t peers_of_the_root = [] {
  std::size_t all = 0;
  twice.sent_to_each(0, [&](wire::peer_traffic const& to) { all += to == wire::peer_traffic{to.peer, 12, 2} ? 1 : 100; });
  return all;
}();
static_assert(peers_of_the_root == 2);

// One without closed forms leaves none.
constexpr auto open = wire::in_sequence(wire::reduce_scatter::butterfly(wire::blocks::equal(8, 4)), wire::nothing(4));
static_assert(!wire::closed_schedule<decltype(open)> && wire::schedule<decltype(open)>);
static_assert(wire::traffic_of(wire::nothing(3), 2) == wire::rank_traffic{} && wire::rounds(wire::nothing(3)) == 0);

}  // namespace
