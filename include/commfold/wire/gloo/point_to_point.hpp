// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/point_to_point.hpp
/// A send of one rank and the receive of another over gloo.

#include <commfold/error.hpp>
#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// One message of s bytes, empty ones too, from one rank of a group to another. Source: gloo d97133a, transport/tcp/unbound_buffer.cc.
/// Refused with `invalid_argument`: no ranks, a rank outside the group, and a rank that sends to itself.
class point_to_point {
 public:
  constexpr point_to_point(std::size_t bytes, std::size_t ranks, std::size_t from, std::size_t to)
      : group_(verb, ranks), bytes_(bytes), from_(from), to_(to) {
    group_.expect(verb, "source", from);
    group_.expect(verb, "destination", to);
    if (from == to) detail::fail<invalid_argument>(verb, "rank {} sends to itself", from);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank == from_) sink(wire::message{from_, to_, bytes_, 0});
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank == from_) sink(wire::peer_traffic{to_, bytes_, 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank == to_) sink(wire::peer_traffic{from_, bytes_, 1});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::point_to_point";

  detail::group group_;
  std::size_t bytes_;
  std::size_t from_;
  std::size_t to_;
};

/// The side of one rank of a send or a receive: the other side is another call, of another rank. It answers for that rank alone: a question
/// about the messages of another rank is an `invalid_argument`.
class side_of_rank {
 public:
  constexpr side_of_rank(point_to_point const& of, std::size_t rank) : of_(of), rank_(rank) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return of_.ranks(); }

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
      detail::fail<invalid_argument>("commfold::gloo::side_of_rank", "the call of rank {} is not known, only that of rank {}", rank, rank_);
  }

  point_to_point of_;
  std::size_t rank_;
};

}  // namespace commfold::gloo
