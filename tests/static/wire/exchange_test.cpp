// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/exchange.hpp>

#include "is_a_constant.hpp"

#include <cstddef>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;
using wire::detail::exchange;

constexpr exchange of(wire::peer_traffic const& peer, wire::framing const& in, std::size_t times) {
  exchange all;
  all.add(peer, in, times);
  return all;
}
static_assert(of({0, 10, 2}, {}, 3).payload == 30 && of({0, 10, 2}, {}, 3).messages == 6 && of({0, 10, 2}, {}, 3).forward() == 30);
constexpr wire::framing sockets{.header = 96, .reply = 48};
static_assert(of({0, 10, 2}, sockets, 3).forward() == 30 + 6 * 96 && of({0, 10, 2}, sockets, 3).backward == 6 * 48);
static_assert(!is_a_constant<[] { return of({0, ~std::size_t{0}, 1}, {}, 2).payload; }>);

// Pairs come in any order, and again; two groups of four of a program of eight.
constexpr cf::process_group<"dp", 2> dp;
constexpr cf::process_group<"tp", 4> tp;
constexpr wire::cluster ranks(cf::device_mesh{dp, tp}, {{"node", 4}});
constexpr cf::call_record over_tp({"op", cf::collective_kind::all_reduce, "tp", 4, {}, {}, {}, {}}, "");
constexpr std::size_t told(std::size_t from_rank, std::size_t to_rank) {
  wire::detail::step_exchange all;
  auto& of_group = all.of(ranks.group_of(over_tp));
  constexpr std::size_t pairs[][2] = {{0, 1}, {1, 2}, {0, 1}, {3, 0}, {1, 2}, {0, 2}};
  for (auto const& [from, to] : pairs) of_group.between(from, to).add({to, 10 * from + to, 1}, {}, 1);
  of_group.between(wire::detail::group_exchange::every_rank, 3).add({3, 1000, 1}, {}, 1);
  of_group.between(2, 4).add({4, 7, 1}, {}, 1);
  std::size_t bytes = 0;
  all.tell(ranks, [&](std::size_t from, std::size_t to, std::size_t, exchange const& one) {
    if (from == from_rank && to == to_rank) bytes += one.payload;
  });
  return bytes;
}
static_assert(told(0, 1) == 2 && told(1, 2) == 24 && told(0, 2) == 2 && told(4, 5) == 2 && told(2, 0) == 0);
// Every rank sends to the third above it: 0 to 3, 3 to 2, and 3 to 0 is of a pair.
static_assert(told(0, 3) == 1000 && told(3, 2) == 1000 && told(3, 0) == 30 && told(7, 6) == 1000);
// Peer 4 is a switch.
static_assert(told(2, wire::detail::no_rank) == 7 && told(6, wire::detail::no_rank) == 7);
}  // namespace
