// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/all_gather.hpp
/// Algorithms of all_gather and all_gather_v: the block of each rank reaches all. Blocks may differ and may be empty.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/node_groups.hpp>
#include <commfold/wire/ring.hpp>
#include <commfold/wire/schedule.hpp>

#include <bit>
#include <cstddef>

namespace commfold::wire::all_gather {

/// Each rank sends its block to each other: (p - 1) b[r], in one round. To rank r + 1 first.
class linear {
 public:
  constexpr explicit linear(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t k = 1; k < ranks(); ++k) sink(message{rank, detail::up(rank, k, ranks()), blocks_[rank], 0});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t k = 1; k < ranks(); ++k) sink(peer_traffic{detail::up(rank, k, ranks()), blocks_[rank], 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t k = 1; k < ranks(); ++k) {
      std::size_t const from = detail::up(rank, k, ranks());
      sink(peer_traffic{from, blocks_[from], 1});
    }
  }

 private:
  wire::blocks blocks_;
};

/// Two ranks swap their blocks. Refused with `invalid_argument`: another number of ranks.
class two_proc : public linear {
 public:
  constexpr explicit two_proc(wire::blocks const& of) : linear(of) {
    detail::expect_two("commfold::wire::all_gather::two_proc", of.ranks());
  }
};

/// Around the ring in p - 1 rounds: N - b[r+1] up, N - b[r-1] down.
class ring : public detail::ring_passes<1> {
 public:
  constexpr explicit ring(wire::blocks const& of, ring_direction direction = ring_direction::up)
      : detail::ring_passes<1>{{{of, direction, 0, 0}}} {}
};

/// In step k rank r swaps the blocks of the 2^k ranks around it with r xor 2^k: lg p messages, N - b[r] bytes where blocks are equal.
/// Refused with `invalid_argument`: p not a power of two. Open MPI takes Bruck's algorithm for those.
class recursive_doubling {
 public:
  constexpr explicit recursive_doubling(wire::blocks const& of) : blocks_(of) {
    detail::expect_power_of_two("commfold::wire::all_gather::recursive_doubling", of.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t round = 0;
    for (std::size_t step = 1; step < ranks(); step *= 2) sink(message{rank, rank ^ step, blocks_.sum(rank & ~(step - 1), step), round++});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks(); step *= 2) sink(peer_traffic{rank ^ step, blocks_.sum(rank & ~(step - 1), step), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks(); step *= 2)
      sink(peer_traffic{rank ^ step, blocks_.sum((rank ^ step) & ~(step - 1), step), 1});
  }

 private:
  wire::blocks blocks_;
};

/// In step k rank r sends to r - 2^k the blocks r to r + min(2^k, p - 2^k) - 1: ceil(lg p) messages for any p. Bruck, Ho, Kipnis, Upfal and
/// Weathersby, IEEE TPDS 8(11), 1997.
class bruck {
 public:
  constexpr explicit bruck(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t round = 0;
    sent_to_each(rank, [&](peer_traffic const& to) { sink(message{rank, to.peer, to.bytes, round++}); });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks(); step *= 2)
      sink(peer_traffic{detail::down(rank, step, ranks()), blocks_.sum(rank, count(step)), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks(); step *= 2) {
      std::size_t const from = detail::up(rank, step, ranks());
      sink(peer_traffic{from, blocks_.sum(from, count(step)), 1});
    }
  }

 private:
  [[nodiscard]] constexpr std::size_t count(std::size_t step) const noexcept { return step < ranks() - step ? step : ranks() - step; }

  wire::blocks blocks_;
};

/// An even rank swaps first with r + 1, then in turn with r - 1 and r + 1, an odd rank the other way round: one block first, then the two
/// that came last, so p / 2 messages and, with equal blocks, (p - 1) b bytes. Chen et al., HPC Asia 2005. Refused with `invalid_argument`:
/// an odd number of ranks above 1. Open MPI takes the ring for those.
class neighbor_exchange {
 public:
  constexpr explicit neighbor_exchange(wire::blocks const& of) : blocks_(of) {
    if (of.ranks() % 2 != 0 && of.ranks() != 1)
      detail::fail<invalid_argument>("commfold::wire::all_gather::neighbor_exchange", "pairs ranks, and {} is an odd number of them",
                                     of.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const p = ranks();
    for (std::size_t k = 0; k < p / 2; ++k) sink(message{rank, neighbor(rank, k), sent(rank, k), k});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    to_each(rank, [&](std::size_t peer, std::size_t k) { return peer_traffic{peer, sent(rank, k), 1}; }, sink);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    to_each(rank, [&](std::size_t peer, std::size_t k) { return peer_traffic{peer, sent(peer, k), 1}; }, sink);
  }

 private:
  [[nodiscard]] constexpr std::size_t neighbor(std::size_t rank, std::size_t k) const noexcept {
    return (rank + k) % 2 == 0 ? detail::up(rank, 1, ranks()) : detail::down(rank, 1, ranks());
  }
  /// After step 0 a rank has the blocks of its pair, the even of which is `first`. In step k it sends what it got in step k - 1: the pair
  /// that is k - 1 pairs further, first down for even and up for odd ranks, then back and forth.
  [[nodiscard]] constexpr std::size_t sent(std::size_t rank, std::size_t k) const noexcept {
    if (k == 0) return blocks_[rank];
    return blocks_.sum(pair_got(rank, k - 1), 2);
  }
  /// The first block of the pair of blocks that a rank got in step k, or its own pair for k = 0. Odd steps move one way, even ones the
  /// other.
  [[nodiscard]] constexpr std::size_t pair_got(std::size_t rank, std::size_t k) const noexcept {
    std::size_t const p = ranks();
    std::size_t const moves = (k % 2 == 0 ? k / 2 : (k + 1) / 2) * 2 % p;
    bool const ahead = (rank % 2 == 0) == (k % 2 == 0);
    std::size_t const own = rank - rank % 2;
    return ahead ? detail::up(own, moves, p) : detail::down(own, moves, p);
  }
  template <class Of, class Sink>
  constexpr void to_each(std::size_t rank, Of of, Sink&& sink) const {
    std::size_t const p = ranks();
    for (std::size_t first = 0; first != 2 && first < p / 2; ++first) {
      peer_traffic all{neighbor(rank, first), 0, 0};
      for (std::size_t k = first; k < p / 2; k += 2) {
        detail::add(all.bytes, of(all.peer, k).bytes);
        ++all.messages;
      }
      sink(all);
    }
  }

  wire::blocks blocks_;
};

/// NCCL's PAT: Bruck's steps from the farthest to the nearest, so that what goes far is small. Each block goes along a low-bit binomial
/// tree of its own, whose root is its rank; in a step a rank sends to r + 2^k in one message the blocks of all r - j with j a multiple of
/// 2^(k+1) and j + 2^k < p. Each rank receives N - b[r], in ceil(lg p) messages. (Its channels and buffers may cut a message into more.)
class pat {
 public:
  constexpr explicit pat(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return static_cast<std::size_t>(std::bit_width(ranks() - 1)); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t round = 0;
    sent_to_each(rank, [&](peer_traffic const& to) { sink(message{rank, to.peer, to.bytes, round++}); });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = std::bit_ceil(ranks()) / 2; step != 0; step /= 2)
      sink(peer_traffic{detail::up(rank, step, ranks()), sent(rank, step), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = std::bit_ceil(ranks()) / 2; step != 0; step /= 2) {
      std::size_t const from = detail::down(rank, step, ranks());
      sink(peer_traffic{from, sent(from, step), 1});
    }
  }

 private:
  [[nodiscard]] constexpr std::size_t sent(std::size_t rank, std::size_t step) const {
    std::size_t all = 0;
    for (std::size_t back = 0; back + step < ranks(); back += 2 * step) detail::add(all, blocks_[detail::down(rank, back, ranks())]);
    return all;
  }

  wire::blocks blocks_;
};

/// p ranks on nodes of g, rank r on node r / g: each rank gathers from the ranks of its place on the other nodes around a ring, then the
/// ranks of a node gather from each other around a ring. Equal blocks: (m - 1) b between m nodes, (g - 1) m b within.
class two_level {
 public:
  constexpr two_level(wire::blocks const& of, std::size_t ranks_per_node)
      : blocks_(of), nodes_("commfold::wire::all_gather::two_level", of.ranks(), ranks_per_node) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    nodes_.around_nodes(rank, [&](std::size_t node) { return blocks_[nodes_.rank(node, nodes_.place(rank))]; }, 0, 0, sink);
    nodes_.around_node(rank, [&](std::size_t place) { return nodes_.sum_of_place(blocks_, place); }, 0, nodes_.nodes() - 1, sink);
  }

 private:
  wire::blocks blocks_;
  detail::node_groups nodes_;
};

/// Through a switch that multicasts (NVLink SHARP): a rank sends its block once, and receives all N bytes, its own among them. The switch
/// is peer p, one more than there are ranks, and `sends_of(p)` are its messages. So what ranks send in all is less than what they receive.
class nvls {
 public:
  static constexpr bool has_switch = true;

  constexpr explicit nvls(wire::blocks const& of) : blocks_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    if (rank != ranks()) return sink(message{rank, ranks(), blocks_[rank], 0});
    for (std::size_t to = 0; to != ranks(); ++to) sink(message{rank, to, blocks_.total(), 1});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (ranks() != 1) sink(peer_traffic{ranks(), blocks_[rank], 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t, Sink&& sink) const {
    if (ranks() != 1) sink(peer_traffic{ranks(), blocks_.total(), 1});
  }

 private:
  wire::blocks blocks_;
};

}  // namespace commfold::wire::all_gather
