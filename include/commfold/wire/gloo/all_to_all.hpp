// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/all_to_all.hpp
/// gloo's all_to_all: pairwise exchange.

#include <commfold/error.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// Every rank sends a block of s bytes to each other rank, in round k = 0, 1, .. to rank r + k + 1: p - 1 messages, also of empty blocks;
/// its own block stays. Source: gloo d97133a, alltoall.cc. Refused with `invalid_argument`: no ranks.
class all_to_all {
 public:
  constexpr all_to_all(std::size_t block, std::size_t ranks) : group_("commfold::gloo::all_to_all", ranks), block_(block) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t by = 1; by != ranks(); ++by) sink(wire::message{rank, group_.above(rank, by), block_, by - 1});
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t by = 1; by != ranks(); ++by) sink(wire::peer_traffic{group_.above(rank, by), block_, 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t by = 1; by != ranks(); ++by) sink(wire::peer_traffic{group_.below(rank, by), block_, 1});
  }

 private:
  detail::group group_;
  std::size_t block_;
};

/// An all_to_all of blocks of any sizes: entry i p + j of the matrix is what rank i sends to rank j. It keeps a view of the matrix. Source:
/// gloo d97133a, alltoallv.cc. Refused with `invalid_argument`: no ranks, and a matrix of another number of entries.
class all_to_all_v {
 public:
  constexpr all_to_all_v(bytes_by_rank matrix, std::size_t ranks) : group_(verb, ranks), matrix_(matrix) {
    if (matrix.size() / ranks != ranks || matrix.size() % ranks != 0)
      detail::fail<invalid_argument>(verb, "a matrix of {} entries is not one of {} ranks", matrix.size(), ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t by = 1; by != ranks(); ++by) {
      std::size_t const to = group_.above(rank, by);
      sink(wire::message{rank, to, matrix_[rank * ranks() + to], by - 1});
    }
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t by = 1; by != ranks(); ++by) {
      std::size_t const to = group_.above(rank, by);
      sink(wire::peer_traffic{to, matrix_[rank * ranks() + to], 1});
    }
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t by = 1; by != ranks(); ++by) {
      std::size_t const from = group_.below(rank, by);
      sink(wire::peer_traffic{from, matrix_[from * ranks() + rank], 1});
    }
  }

 private:
  static constexpr char const* verb = "commfold::gloo::all_to_all_v";

  detail::group group_;
  bytes_by_rank matrix_;
};

/// What one rank knows of such an exchange: its own splits, which are what it sends to each rank and what it gets from each. It answers for
/// that rank alone: a question about the messages of another rank is an `invalid_argument`, as are blocks of other groups, and a rank
/// outside the group.
class all_to_all_of_rank {
 public:
  constexpr all_to_all_of_rank(wire::blocks const& to_each, wire::blocks const& from_each, std::size_t rank)
      : group_(verb, to_each.ranks()), to_(to_each), from_(from_each), rank_(rank) {
    if (from_each.ranks() != to_each.ranks())
      detail::fail<invalid_argument>(verb, "{} blocks are received in a group of {} ranks", from_each.ranks(), to_each.ranks());
    group_.expect(verb, "rank", rank);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    expect_own(rank);
    for (std::size_t by = 1; by != ranks(); ++by) {
      std::size_t const to = group_.above(rank, by);
      sink(wire::message{rank, to, to_[to], by - 1});
    }
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    sends_of(rank, [&sink](wire::message const& one) { sink(wire::peer_traffic{one.to, one.bytes, 1}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    expect_own(rank);
    for (std::size_t by = 1; by != ranks(); ++by) {
      std::size_t const from = group_.below(rank, by);
      sink(wire::peer_traffic{from, from_[from], 1});
    }
  }

 private:
  static constexpr char const* verb = "commfold::gloo::all_to_all_of_rank";

  constexpr void expect_own(std::size_t rank) const {
    if (rank != rank_) detail::fail<invalid_argument>(verb, "the splits of rank {} are not known, only those of rank {}", rank, rank_);
  }

  detail::group group_;
  wire::blocks to_;
  wire::blocks from_;
  std::size_t rank_;
};

}  // namespace commfold::gloo
