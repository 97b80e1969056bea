// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gather.hpp
/// Algorithms of gather: the block of each rank reaches the root.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/trees.hpp>

#include <cstddef>

namespace commfold::wire::gather {

/// Each rank sends its block to the root. Nothing is sent of an empty block. Refused with `invalid_argument`: a root outside the group.
class linear {
 public:
  constexpr explicit linear(wire::blocks const& of, std::size_t root = 0) : blocks_(of), root_(root) {
    detail::expect_root("commfold::wire::gather::linear", root, of.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return blocks_.total() == blocks_[root_] ? 0 : 1; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank != root_ && blocks_[rank] != 0) sink(message{rank, root_, blocks_[rank], 0});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_ && blocks_[rank] != 0) sink(peer_traffic{root_, blocks_[rank], 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) return;
    for (std::size_t from = 0; from != ranks(); ++from)
      if (from != root_ && blocks_[from] != 0) sink(peer_traffic{from, blocks_[from], 1});
  }

 private:
  wire::blocks blocks_;
  std::size_t root_;
};

/// The root tells each rank by an empty message when to send; a rank sends its block in two messages, the first of at most `first` bytes
/// (0: all), the second of what is left, which may be nothing. Open MPI's "linear_with_sync".
class linear_with_sync {
 public:
  constexpr explicit linear_with_sync(wire::blocks const& of, std::size_t root = 0, std::size_t first = 0)
      : blocks_(of), root_(root), first_(first) {
    detail::expect_root("commfold::wire::gather::linear_with_sync", root, of.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return ranks() == 1 ? 0 : ranks() + 1; }
  /// The root waits for the first message of a rank before it tells the next.
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank == root_) {
      for (std::size_t i = 1; i != ranks(); ++i) sink(message{rank, told(i), 0, i - 1});
      return;
    }
    std::size_t const turn = rank < root_ ? rank + 1 : rank;
    sink(message{rank, root_, first_part(rank), turn});
    sink(message{rank, root_, blocks_[rank] - first_part(rank), turn + 1});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) return sink(peer_traffic{root_, blocks_[rank], 2});
    for (std::size_t i = 1; i != ranks(); ++i) sink(peer_traffic{told(i), 0, 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) return sink(peer_traffic{root_, 0, 1});
    for (std::size_t i = 1; i != ranks(); ++i) sink(peer_traffic{told(i), blocks_[told(i)], 2});
  }

 private:
  /// The i-th rank that is told, from 1.
  [[nodiscard]] constexpr std::size_t told(std::size_t i) const noexcept { return i <= root_ ? i - 1 : i; }
  [[nodiscard]] constexpr std::size_t first_part(std::size_t rank) const noexcept {
    return first_ == 0 || first_ > blocks_[rank] ? blocks_[rank] : first_;
  }

  wire::blocks blocks_;
  std::size_t root_, first_;
};

/// Each rank sends the blocks of its subtree of the low-bit binomial tree to its parent, in one message.
class low_bit_binomial {
 public:
  constexpr explicit low_bit_binomial(wire::blocks const& of, std::size_t root = 0) : blocks_(of), tree_(of.ranks()), root_(root) {
    detail::expect_root("commfold::wire::gather::low_bit_binomial", root, of.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return tree_.rounds(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, [&](peer_traffic const& to) {
      sink(message{rank, to.peer, to.bytes, tree_.rounds() - 1 - tree_.round_to(position_of(rank))});
    });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) sink(peer_traffic{rank_at(tree_.parent(position_of(rank))), subtree_bytes(position_of(rank)), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    tree_.children_of(position_of(rank), [&](std::size_t child) { sink(peer_traffic{rank_at(child), subtree_bytes(child), 1}); });
  }

 private:
  [[nodiscard]] constexpr std::size_t position_of(std::size_t rank) const noexcept { return detail::down(rank, root_, ranks()); }
  [[nodiscard]] constexpr std::size_t rank_at(std::size_t position) const noexcept { return detail::up(position, root_, ranks()); }
  [[nodiscard]] constexpr std::size_t subtree_bytes(std::size_t position) const noexcept {
    return blocks_.sum(rank_at(position), tree_.subtree(position));
  }

  wire::blocks blocks_;
  trees::low_bit_binomial tree_;
  std::size_t root_;
};

}  // namespace commfold::wire::gather
