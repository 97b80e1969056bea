// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/one_rank.hpp
/// A schedule of which one rank's part is known: `one_rank`.

#include <commfold/error.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>
#include <utility>

namespace commfold::wire {

/// What one rank of a schedule sends or receives, of which the others have records of their own: a send or a receive. A question about
/// another rank is an `invalid_argument`.
template <closed_schedule Schedule>
class one_rank {
 public:
  constexpr one_rank(Schedule whole, std::size_t rank) : of_(std::move(whole)), rank_(rank) {}

  [[nodiscard]] constexpr std::size_t ranks() const { return of_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    expect_own(rank);
    of_.sends_of(rank, sink);
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    expect_own(rank);
    of_.sent_to_each(rank, sink);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    expect_own(rank);
    of_.received_from_each(rank, sink);
  }

 private:
  constexpr void expect_own(std::size_t rank) const {
    if (rank != rank_)
      commfold::detail::fail<invalid_argument>("commfold::wire", "what rank {} sends is in its own record, and this is that of rank {}",
                                               rank, rank_);
  }

  Schedule of_;
  std::size_t rank_;
};

/// An all_to_all of which one rank knows its own splits: what it sends to each rank, and gets from each. Its own block stays where it is.
class splits_of_one_rank {
 public:
  constexpr splits_of_one_rank(blocks const& to_each, blocks const& from_each) : to_(to_each), from_(from_each) {
    if (from_each.ranks() != to_each.ranks())
      commfold::detail::fail<invalid_argument>("commfold::wire", "{} blocks are received in a group of {} ranks", from_each.ranks(),
                                               to_each.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return to_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t to = 0; to != ranks(); ++to)
      if (to != rank) sink(message{rank, to, to_[to], 0});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t to = 0; to != ranks(); ++to)
      if (to != rank) sink(peer_traffic{to, to_[to], 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t from = 0; from != ranks(); ++from)
      if (from != rank) sink(peer_traffic{from, from_[from], 1});
  }

 private:
  blocks to_;
  blocks from_;
};

}  // namespace commfold::wire
