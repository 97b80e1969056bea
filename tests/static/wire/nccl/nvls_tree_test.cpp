// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/nvls_tree.hpp>

namespace {
namespace wire = commfold::wire;
using commfold::nccl::nvls_tree;

// Six ranks on three nodes: blocks of 4 and 3 B. Every rank: 7 B and its block to the switch, and as much from it.
constexpr nvls_tree s(6, 7, 2);
constexpr bool is_right() {
  std::size_t sent = 0;
  std::size_t received = 0;
  for (std::size_t rank = 0; rank != 6; ++rank) {
    if (wire::sent_bytes(s, rank, 6 - 1) > 7) return false;
    std::size_t to_switch = 0;
    s.sent_to_each(rank, [&](wire::peer_traffic const& to) { (to.peer == 6 ? to_switch : sent) += to.bytes; });
    s.received_from_each(rank, [&](wire::peer_traffic const& from) {
      if (from.peer != 6) received += from.bytes;
    });
    if (to_switch != (rank % 2 == 0 ? std::size_t{11} : std::size_t{10})) return false;
    // The messages one by one are the sums.
    std::size_t folded = 0;
    s.sends_of(rank, [&](wire::message const& m) { folded += m.bytes; });
    if (folded != wire::sent_bytes(s, rank)) return false;
  }
  // Up and down two edges of the trees of each place.
  return sent == received && sent == 2 * 2 * 7;
}
static_assert(is_right());
static_assert(nvls_tree::has_switch && wire::traffic_of(nvls_tree(1, 7, 1), 0) == wire::rank_traffic{});
}  // namespace
