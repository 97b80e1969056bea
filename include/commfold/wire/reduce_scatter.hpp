// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/reduce_scatter.hpp
/// Algorithms of reduce_scatter: vectors of N bytes, one of each rank, are combined, and each rank gets its block. Blocks may differ and
/// may be empty.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/doubling.hpp>
#include <commfold/wire/node_groups.hpp>
#include <commfold/wire/ring.hpp>
#include <commfold/wire/schedule.hpp>

#include <bit>
#include <cstddef>

namespace commfold::wire {

namespace detail {

/// The blocks of members of a core: in a pair the two of the pair.
[[nodiscard]] constexpr std::size_t sum_of_members(core_ranks const& core, blocks const& of, std::size_t first,
                                                   std::size_t count) noexcept {
  std::size_t const begin = core.first_rank(first);
  std::size_t const end = first + count == core.size() ? core.ranks() : core.first_rank(first + count);
  return of.sum(begin, end - begin);
}

/// The k lowest bits of a number in reverse.
[[nodiscard]] constexpr std::size_t mirrored(std::size_t number, std::size_t bits) noexcept {
  std::size_t all = 0;
  for (std::size_t i = 0; i != bits; ++i) all |= (number >> i & 1U) << (bits - 1 - i);
  return all;
}

}  // namespace detail

namespace reduce_scatter {

/// Around the ring in p - 1 rounds, so that each rank is left its own block: N - b[r] bytes.
class ring : public detail::ring_passes<1> {
 public:
  constexpr explicit ring(wire::blocks const& of, ring_direction direction = ring_direction::up)
      : detail::ring_passes<1>{{{of, direction, direction == ring_direction::up ? -1 : 1, 0}}} {}
};

/// Any p: of p ranks q = 2^floor(lg p) are the core. An even rank of a pair sends its vector (N) to the odd one, and gets its block from it
/// at the end. Within the core a member sends in each of lg q steps, the distance from q / 2 down to 1, the half of what it has that
/// belongs to the other. Nothing is sent of an empty half. Open MPI's and MPICH's "recursive_halving".
class recursive_halving {
 public:
  constexpr explicit recursive_halving(wire::blocks const& of)
      : blocks_(of), core_("commfold::wire::reduce_scatter::recursive_halving", of.ranks(), detail::stays::odd) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (!core_.has(rank)) return sink(message{rank, detail::core_ranks::partner(rank), blocks_.total(), 0});
    std::size_t round = core_.pairs() == 0 ? 0 : 1;
    std::size_t const member = core_.member(rank);
    for (std::size_t step = core_.size() / 2; step != 0; step /= 2, ++round) {
      std::size_t const half = swapped(member ^ step, step);
      if (half != 0) sink(message{rank, core_.rank(member ^ step), half, round});
    }
    if (core_.in_pair(rank) && blocks_[rank - 1] != 0) sink(message{rank, rank - 1, blocks_[rank - 1], round});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    sends_of(rank, [&](message const& m) { sink(peer_traffic{m.to, m.bytes, 1}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (!core_.has(rank)) {
      if (blocks_[rank] != 0) sink(peer_traffic{rank + 1, blocks_[rank], 1});
      return;
    }
    if (core_.in_pair(rank)) sink(peer_traffic{rank - 1, blocks_.total(), 1});
    std::size_t const member = core_.member(rank);
    for (std::size_t step = core_.size() / 2; step != 0; step /= 2)
      if (swapped(member, step) != 0) sink(peer_traffic{core_.rank(member ^ step), swapped(member, step), 1});
  }

 private:
  /// What a member gets in the step: the blocks of the 2^k members around it.
  [[nodiscard]] constexpr std::size_t swapped(std::size_t member, std::size_t step) const noexcept {
    return detail::sum_of_members(core_, blocks_, member & ~(step - 1), step);
  }

  wire::blocks blocks_;
  detail::core_ranks core_;
};

/// When the butterfly brings blocks to their ranks.
enum class mirroring : unsigned char { afterwards, beforehand };

/// Träff's butterfly, for reductions that do not commute, too (EuroPVM/MPI 2005). Any p: an even rank of a pair sends its vector to the odd
/// one. Within the core of q = 2^L members the distance doubles while the halves shrink, so member v ends with the block of the member
/// whose number is v with its L bits reversed: `afterwards` it sends that block there, and the block of the pair's other rank to that. With
/// `beforehand` the members reorder their vectors first, and send nothing more. Open MPI does so where blocks are equal and p = 2^L;
/// refused with `invalid_argument` for other p.
class butterfly {
 public:
  constexpr explicit butterfly(wire::blocks const& of, mirroring when = mirroring::afterwards)
      : blocks_(of), core_("commfold::wire::reduce_scatter::butterfly", of.ranks(), detail::stays::odd), when_(when) {
    if (when == mirroring::beforehand) detail::expect_power_of_two("commfold::wire::reduce_scatter::butterfly (beforehand)", of.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (!core_.has(rank)) return sink(message{rank, detail::core_ranks::partner(rank), blocks_.total(), 0});
    std::size_t round = core_.pairs() == 0 ? 0 : 1;
    std::size_t const member = core_.member(rank);
    std::size_t first = 0;
    std::size_t count = core_.size();
    for (std::size_t step = 1; step < core_.size(); step *= 2, ++round) {
      count /= 2;
      bool const upper = (member & step) != 0;
      sink(message{rank, core_.rank(member ^ step), sum(upper ? first : first + count, count), round});
      if (upper) first += count;
    }
    if (when_ == mirroring::beforehand) return;
    std::size_t const of = detail::mirrored(member, core_.steps());  // == first, the member whose block is ready
    std::size_t const to = core_.rank(of);
    if (of < core_.pairs()) sink(message{rank, to - 1, blocks_[to - 1], round});
    if (of != member) sink(message{rank, to, blocks_[to], round});
  }

 private:
  [[nodiscard]] constexpr std::size_t sum(std::size_t first, std::size_t count) const {
    if (when_ == mirroring::afterwards) return detail::sum_of_members(core_, blocks_, first, count);
    std::size_t all = 0;
    for (std::size_t i = first; i != first + count; ++i) detail::add(all, blocks_[detail::mirrored(i, core_.steps())]);
    return all;
  }

  wire::blocks blocks_;
  detail::core_ranks core_;
  mirroring when_;
};

/// In step k a rank swaps with r xor 2^k all blocks but those of the 2^k ranks around it: N lg p - (p - 1) b for equal blocks b and p a
/// power of two, far above the bound, in few rounds. For other p with the extra messages that MPICH and Open MPI send. Open MPI's
/// reduce_scatter_block "recursive_doubling".
class recursive_doubling {
 public:
  constexpr explicit recursive_doubling(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    detail::for_each_doubling_exchange(rank, ranks(), [&](detail::doubling_exchange const& x) {
      std::size_t const count = x.count < ranks() - x.first ? x.count : ranks() - x.first;
      sink(message{rank, x.to, blocks_.total() - blocks_.sum(x.first, count), x.round});
    });
  }

 private:
  wire::blocks blocks_;
};

/// p ranks on nodes of g, rank r on node r / g: the ranks of a node reduce and scatter around a ring, then the ranks of each place.
/// Equal blocks: (g - 1) m b within, (m - 1) b between m nodes.
class two_level {
 public:
  constexpr two_level(wire::blocks const& of, std::size_t ranks_per_node)
      : blocks_(of), nodes_("commfold::wire::reduce_scatter::two_level", of.ranks(), ranks_per_node) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    nodes_.around_node(rank, [&](std::size_t place) { return nodes_.sum_of_place(blocks_, place); }, 1, 0, sink);
    nodes_.around_nodes(
        rank, [&](std::size_t node) { return blocks_[nodes_.rank(node, nodes_.place(rank))]; }, 1, nodes_.per_node() - 1, sink);
  }

 private:
  wire::blocks blocks_;
  detail::node_groups nodes_;
};

/// Through a switch that reduces (NVLink SHARP): the switch reads all N bytes of a rank, and the rank receives its block, reduced. The
/// switch is peer p, and `sends_of(p)` are its messages.
class nvls {
 public:
  static constexpr bool has_switch = true;

  constexpr explicit nvls(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    if (rank != ranks()) return sink(message{rank, ranks(), blocks_.total(), 0});
    for (std::size_t to = 0; to != ranks(); ++to) sink(message{rank, to, blocks_[to], 1});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t, Sink&& sink) const {
    if (ranks() != 1) sink(peer_traffic{ranks(), blocks_.total(), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (ranks() != 1) sink(peer_traffic{ranks(), blocks_[rank], 1});
  }

 private:
  wire::blocks blocks_;
};

}  // namespace reduce_scatter
}  // namespace commfold::wire
