// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/all_reduce.hpp
/// Algorithms of all_reduce: vectors of N bytes, one of each rank, are combined, and all get the result.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/in_sequence.hpp>
#include <commfold/wire/node_groups.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/ring.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/trees.hpp>

#include <cstddef>

namespace commfold::wire::all_reduce {

/// Reduce-scatter around the ring, then all-gather around it: 2 (p - 1) rounds. With b the blocks and N their sum rank r sends
/// 2 N - b[r+1] - b[r+2] bytes (indices mod p; to r + 1) or 2 N - b[r] - b[r-1] (to r - 1): 2 (p - 1) / p N where blocks are equal, the
/// lower bound of Patarasuk and Yuan, JPDC 69(2), 2009. Open MPI's algorithm 4, "ring", sends up; gloo's sends down.
class ring : public detail::ring_passes<2> {
 public:
  constexpr explicit ring(wire::blocks const& of, ring_direction direction = ring_direction::up)
      : detail::ring_passes<2>{{{of, direction, direction == ring_direction::up ? 0 : 1, 0},
                                {of, direction, direction == ring_direction::up ? 1 : 0, of.ranks() - 1}}} {}
};

/// The ring in phases: each block is reduced in `phases` pieces, one trip after the other, then gathered in one piece. As many bytes as the
/// ring, (phases + 1)·(p - 1) messages. Of n elements and segments of s there are n / (p s) phases, and one more where what is left is at
/// least p elements and more than half of p s. Refused with `invalid_argument`: fewer than p s elements, for which Open MPI, whose
/// "segmented_ring" this is, takes the ring; a segment that is no whole number of elements.
class segmented_ring {
 public:
  constexpr segmented_ring(std::size_t ranks, std::size_t bytes, std::size_t segment, std::size_t element = 1)
      : blocks_(wire::blocks::of_vector(bytes, ranks, element)), ring_(blocks_), element_(element) {
    if (segment == 0 || segment % element != 0)
      detail::fail<invalid_argument>("commfold::wire::all_reduce::segmented_ring",
                                     "a segment of {} B has no whole number of elements of {} B", segment, element);
    std::size_t const trip = detail::checked_multiply(ranks, segment, "commfold::wire::all_reduce::segmented_ring");
    if (bytes < trip)
      detail::fail<invalid_argument>("commfold::wire::all_reduce::segmented_ring",
                                     "{} B are less than a segment of {} B for each of {} ranks", bytes, segment, ranks);
    std::size_t const left = bytes % trip / element;
    phases_ = bytes / trip + (left >= ranks && left > trip / element / 2 ? 1 : 0);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  [[nodiscard]] constexpr std::size_t phases() const noexcept { return phases_; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const p = ranks();
    std::size_t round = 0;
    for (std::size_t phase = 0; phase != phases_; ++phase)
      for (std::size_t k = 0; k + 1 < p; ++k) sink(message{rank, detail::up(rank, 1, p), piece(detail::down(rank, k, p), phase), round++});
    for (std::size_t k = 0; k + 1 < p; ++k)
      sink(message{rank, detail::up(rank, 1, p), blocks_[detail::down(detail::up(rank, 1, p), k, p)], round++});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    ring_.sent_to_each(rank, [&](peer_traffic const& to) { sink(peer_traffic{to.peer, to.bytes, messages()}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    ring_.received_from_each(rank, [&](peer_traffic const& from) { sink(peer_traffic{from.peer, from.bytes, messages()}); });
  }

 private:
  [[nodiscard]] constexpr std::size_t messages() const noexcept { return (phases_ + 1) * (ranks() - 1); }
  /// The first pieces of a block have the elements that do not divide evenly.
  [[nodiscard]] constexpr std::size_t piece(std::size_t block, std::size_t phase) const noexcept {
    std::size_t const elements = blocks_[block] / element_;
    return (elements / phases_ + (phase < elements % phases_ ? 1 : 0)) * element_;
  }

  wire::blocks blocks_;
  ring ring_;
  std::size_t element_, phases_ = 1;
};

/// All send to the root, which sends to all: the root (p - 1) N, the others N.
class linear : public in_sequence<reduce::linear, broadcast::linear> {
 public:
  constexpr linear(std::size_t ranks, std::size_t bytes, std::size_t root = 0)
      : in_sequence(reduce::linear(ranks, bytes, root), broadcast::linear(ranks, bytes, root)) {}
};

/// Whole vectors are swapped with r xor 2^k: N lg p. For other p than powers of two, with q = 2^floor(lg p) and e = p - q, the even ranks
/// of the first 2 e send N to the odd one after them and get the result from it: N, N (lg q + 1) and, for all others, N lg q.
class recursive_doubling {
 public:
  constexpr recursive_doubling(std::size_t ranks, std::size_t bytes)
      : core_("commfold::wire::all_reduce::recursive_doubling", ranks, detail::stays::odd), bytes_(bytes) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return core_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (!core_.has(rank)) return sink(message{rank, detail::core_ranks::partner(rank), bytes_, 0});
    std::size_t round = core_.pairs() == 0 ? 0 : 1;
    for (std::size_t step = 1; step < core_.size(); step *= 2) sink(message{rank, core_.rank(core_.member(rank) ^ step), bytes_, round++});
    if (core_.in_pair(rank)) sink(message{rank, detail::core_ranks::partner(rank), bytes_, round});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    sends_of(rank, [&](message const& m) { sink(peer_traffic{m.to, m.bytes, 1}); });
  }
  /// Whom a rank sends to sends to it.
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, sink);
  }

 private:
  detail::core_ranks core_;
  std::size_t bytes_;
};

/// Rabenseifner's all_reduce: reduce-scatter by halving the vector, all-gather by doubling it, along the same pairs: 2 (p - 1) / p N where
/// p is a power of two that divides the elements. For other p the ranks of a pair each reduce half of the vector, the even one goes on, and
/// sends the odd one the result. Thakur, Rabenseifner and Gropp, IJHPCA 19(1), 2005. Refused with `invalid_argument`: fewer elements than
/// 2^floor(lg p), for which libraries take the linear algorithm.
class rabenseifner {
 public:
  constexpr rabenseifner(std::size_t ranks, std::size_t bytes, std::size_t element = 1)
      : scatter_("commfold::wire::all_reduce::rabenseifner", ranks, bytes, element) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return scatter_.core().ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    detail::core_ranks const& core = scatter_.core();
    scatter_.sends_of(rank, sink);
    if (!core.has(rank)) return;
    std::size_t round = scatter_.rounds();
    std::size_t const member = core.member(rank);
    for (std::size_t k = core.steps(); k-- != 0;)
      sink(message{rank, core.rank(member ^ (std::size_t{1} << k)), scatter_.in_step(member, k).kept, round++});
    if (core.in_pair(rank)) sink(message{rank, detail::core_ranks::partner(rank), scatter_.bytes(), round});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    in_pair(rank, sink, true);
    in_steps(rank, sink);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    in_pair(rank, sink, false);
    in_steps(rank, sink);
  }

 private:
  /// The odd rank of a pair sends both halves, the even one the second half and the result.
  template <class Sink>
  constexpr void in_pair(std::size_t rank, Sink& sink, bool sent) const {
    if (!scatter_.core().in_pair(rank)) return;
    bool const of_even = scatter_.core().has(rank) == sent;
    std::size_t all = scatter_.bytes();
    if (of_even) detail::add(all, scatter_.second_half());
    sink(peer_traffic{detail::core_ranks::partner(rank), all, 2});
  }
  /// With its peer of a step a rank swaps what both had before it, half by half.
  template <class Sink>
  constexpr void in_steps(std::size_t rank, Sink& sink) const {
    detail::core_ranks const& core = scatter_.core();
    if (!core.has(rank)) return;
    std::size_t const member = core.member(rank);
    for (std::size_t k = 0; k != core.steps(); ++k) {
      auto const halves = scatter_.in_step(member, k);
      sink(peer_traffic{core.rank(member ^ (std::size_t{1} << k)), halves.sent + halves.kept, 2});
    }
  }

  detail::halving scatter_;
};

/// NCCL's tree: half of the vector goes up and down each of the two trees of `trees::double_binary`. A rank sends its half to its parent
/// and to each child in both: 2 N, but for the roots. The first tree has the odd element.
class double_binary_tree {
 public:
  constexpr double_binary_tree(std::size_t ranks, std::size_t bytes, std::size_t element = 1)
      : trees_{trees::double_binary(ranks), trees::double_binary(ranks, trees::tree_of_two::second)},
        halves_(wire::blocks::of_vector(bytes, 2, element)) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return trees_[0].ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const up = trees_[0].rounds();
    for (std::size_t i = 0; i != 2; ++i)
      if (rank != trees_[i].root()) sink(message{rank, trees_[i].parent(rank), halves_[i], up - 1 - trees_[i].round_to(rank)});
    for (std::size_t i = 0; i != 2; ++i)
      trees_[i].children_of(rank, [&](std::size_t child) { sink(message{rank, child, halves_[i], up + trees_[i].round_to(child)}); });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    detail::for_each_merged([&](auto&& each) { neighbors(0, rank, each); }, [&](auto&& each) { neighbors(1, rank, each); }, sink);
  }
  /// What goes up to a rank comes down from it.
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, sink);
  }

 private:
  template <class Sink>
  constexpr void neighbors(std::size_t i, std::size_t rank, Sink& sink) const {
    if (rank != trees_[i].root()) sink(peer_traffic{trees_[i].parent(rank), halves_[i], 1});
    trees_[i].children_of(rank, [&](std::size_t child) { sink(peer_traffic{child, halves_[i], 1}); });
  }

  trees::double_binary trees_[2];
  wire::blocks halves_;
};

/// p ranks on nodes of g, rank r on node r / g: a ring reduce-scatter within the node, a ring all_reduce among the ranks of a place, a ring
/// all-gather within the node. Equal blocks: 2 (g - 1) / g N within, 2 (m - 1) / m N / g between m nodes.
class two_level {
 public:
  constexpr two_level(std::size_t ranks, std::size_t bytes, std::size_t ranks_per_node, std::size_t element = 1)
      : nodes_("commfold::wire::all_reduce::two_level", ranks, ranks_per_node),
        blocks_(wire::blocks::of_vector(bytes, ranks_per_node, element)),
        element_(element) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return nodes_.nodes() * nodes_.per_node(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const within = nodes_.per_node() - 1;
    std::size_t const between = nodes_.nodes() - 1;
    auto const of_node = [&](std::size_t place) { return blocks_[place]; };
    wire::blocks const parts = wire::blocks::of_vector(blocks_[nodes_.place(rank)], nodes_.nodes(), element_);
    auto const of_place = [&](std::size_t node) { return parts[node]; };
    nodes_.around_node(rank, of_node, 1, 0, sink);
    nodes_.around_nodes(rank, of_place, 1, within, sink);
    nodes_.around_nodes(rank, of_place, 0, within + between, sink);
    nodes_.around_node(rank, of_node, 0, within + 2 * between, sink);
  }

 private:
  detail::node_groups nodes_;
  wire::blocks blocks_;
  std::size_t element_;
};

/// Through a switch that reduces and multicasts (NVLink SHARP): rank r asks for block r reduced, for which the switch reads all ranks'
/// copies, and stores the result to all at once. So N + b[r] leave a rank, and b[r] + N, its own result among them, reach it: less than any
/// algorithm between ranks sends, on purpose. The switch is peer p, one more than there are ranks, and `sends_of(p)` are its messages.
class nvls {
 public:
  static constexpr bool has_switch = true;

  constexpr explicit nvls(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const p = ranks();
    if (p == 1) return;
    if (rank != p) {
      sink(message{rank, p, blocks_.total(), 0});
      sink(message{rank, p, blocks_[rank], 2});
      return;
    }
    for (std::size_t to = 0; to != p; ++to) sink(message{p, to, blocks_[to], 1});
    for (std::size_t to = 0; to != p; ++to) sink(message{p, to, blocks_.total(), 3});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    peer_traffic all{ranks(), blocks_.total(), 2};
    detail::add(all.bytes, blocks_[rank]);
    sink(all);
  }
  /// As much as it sends.
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, sink);
  }

 private:
  wire::blocks blocks_;
};

/// Through a switch of the network that reduces (SHARP, NCCL's CollNet Direct), p ranks on nodes of g: each place is the head for one of g
/// blocks. The ranks of a node send each head its block, the heads send theirs to the switch, which answers with the sum over the nodes,
/// and the heads send that to their node. With equal blocks 2 (g - 1) / g N within, N / g per rank and N per node to the switch. The switch
/// is peer p, and `sends_of(p)` are its messages.
class coll_net {
 public:
  static constexpr bool has_switch = true;

  constexpr coll_net(std::size_t ranks, std::size_t bytes, std::size_t ranks_per_node, std::size_t element = 1)
      : nodes_("commfold::wire::all_reduce::coll_net", ranks, ranks_per_node),
        blocks_(wire::blocks::of_vector(bytes, ranks_per_node, element)) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return nodes_.nodes() * nodes_.per_node(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const p = ranks();
    if (p == 1) return;
    if (rank == p) {
      for (std::size_t to = 0; to != p; ++to) sink(message{p, to, blocks_[nodes_.place(to)], 2});
      return;
    }
    others(rank, [&](std::size_t peer) { sink(message{rank, peer, blocks_[nodes_.place(peer)], 0}); });
    sink(message{rank, p, blocks_[nodes_.place(rank)], 1});
    others(rank, [&](std::size_t peer) { sink(message{rank, peer, blocks_[nodes_.place(rank)], 3}); });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    std::size_t const own = blocks_[nodes_.place(rank)];
    others(rank, [&](std::size_t peer) { sink(peer_traffic{peer, own + blocks_[nodes_.place(peer)], 2}); });
    sink(peer_traffic{ranks(), own, 1});
  }
  /// As much as it sends.
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, sink);
  }

 private:
  template <class Sink>
  constexpr void others(std::size_t rank, Sink sink) const {
    for (std::size_t place = 0; place != nodes_.per_node(); ++place)
      if (place != nodes_.place(rank)) sink(nodes_.rank(nodes_.node(rank), place));
  }

  detail::node_groups nodes_;
  wire::blocks blocks_;
};

}  // namespace commfold::wire::all_reduce
