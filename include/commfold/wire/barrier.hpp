// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/barrier.hpp
/// Algorithms of barrier. All messages are empty: no bytes, but messages and rounds.

#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/in_sequence.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/trees.hpp>

#include <bit>
#include <cstddef>

namespace commfold::wire::barrier {

/// Up a tree to rank 0, then down.
template <tree_shape Tree>
class up_and_down : public in_sequence<reduce::along<Tree>, broadcast::along<Tree>> {
 public:
  constexpr explicit up_and_down(std::size_t ranks)
      : in_sequence<reduce::along<Tree>, broadcast::along<Tree>>(reduce::along<Tree>(ranks, 0), broadcast::along<Tree>(ranks, 0)) {}
};

/// All tell rank 0, which tells all.
using linear = up_and_down<trees::star>;
/// Along the low-bit binomial tree. Open MPI's "tree".
using low_bit_binomial = up_and_down<trees::low_bit_binomial>;

/// A message goes around the ring twice, from rank 0 on.
class double_ring {
 public:
  constexpr explicit double_ring(std::size_t ranks) : ranks_(ranks) { detail::expect_group("commfold::wire::barrier::double_ring", ranks); }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (ranks_ == 1) return;
    sink(message{rank, detail::up(rank, 1, ranks_), 0, rank});
    sink(message{rank, detail::up(rank, 1, ranks_), 0, ranks_ + rank});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (ranks_ != 1) sink(peer_traffic{detail::up(rank, 1, ranks_), 0, 2});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (ranks_ != 1) sink(peer_traffic{detail::down(rank, 1, ranks_), 0, 2});
  }

 private:
  std::size_t ranks_;
};

/// Of p ranks the first q = 2^floor(lg p) swap messages with r xor 2^k; a rank r above those tells r - q before and hears from it after.
class recursive_doubling {
 public:
  constexpr explicit recursive_doubling(std::size_t ranks) : ranks_(ranks), core_(0) {
    detail::expect_group("commfold::wire::barrier::recursive_doubling", ranks);
    core_ = std::bit_floor(ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank >= core_) return sink(message{rank, rank - core_, 0, 0});
    std::size_t round = core_ == ranks_ ? 0 : 1;
    for (std::size_t step = 1; step < core_; step *= 2) sink(message{rank, rank ^ step, 0, round++});
    if (rank < ranks_ - core_) sink(message{rank, rank + core_, 0, round});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    sends_of(rank, [&](message const& m) { sink(peer_traffic{m.to, 0, 1}); });
  }
  /// Whom a rank tells tells it.
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, sink);
  }

 private:
  std::size_t ranks_, core_;
};

/// In round k rank r tells r + 2^k: ceil(lg p) messages for any p. Hensgen, Finkel and Manber, 1988. Open MPI's "bruck".
class dissemination {
 public:
  constexpr explicit dissemination(std::size_t ranks) : ranks_(ranks) {
    detail::expect_group("commfold::wire::barrier::dissemination", ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t round = 0;
    for (std::size_t step = 1; step < ranks_; step *= 2) sink(message{rank, detail::up(rank, step, ranks_), 0, round++});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks_; step *= 2) sink(peer_traffic{detail::up(rank, step, ranks_), 0, 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks_; step *= 2) sink(peer_traffic{detail::down(rank, step, ranks_), 0, 1});
  }

 private:
  std::size_t ranks_;
};

/// Two ranks swap a message. Refused with `invalid_argument`: another number of ranks.
class two_proc : public dissemination {
 public:
  constexpr explicit two_proc(std::size_t ranks) : dissemination(ranks) { detail::expect_two("commfold::wire::barrier::two_proc", ranks); }
};

}  // namespace commfold::wire::barrier
