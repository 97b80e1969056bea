// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/point_to_point.hpp
/// One message between two ranks of a group.

#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire::point_to_point {

/// Rank `from` sends `bytes` to rank `to`. A send and the receive that meets it are one message: count one of them. A message of a rank to
/// itself stays in its memory. Refused with `invalid_argument`: a rank outside the group.
class send {
 public:
  constexpr send(std::size_t ranks, std::size_t from, std::size_t to, std::size_t bytes)
      : ranks_(ranks), from_(from), to_(to), bytes_(bytes) {
    detail::expect_group("commfold::wire::point_to_point", ranks);
    detail::expect_rank("commfold::wire::point_to_point", from, ranks);
    detail::expect_rank("commfold::wire::point_to_point", to, ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return from_ == to_ ? 0 : 1; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank == from_ && from_ != to_) sink(message{from_, to_, bytes_, 0});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank == from_ && from_ != to_) sink(peer_traffic{to_, bytes_, 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank == to_ && from_ != to_) sink(peer_traffic{from_, bytes_, 1});
  }

 private:
  std::size_t ranks_, from_, to_, bytes_;
};

/// Rank `to` receives `bytes` from rank `from`: the message of `send`, named by who asks.
class recv : public send {
 public:
  constexpr recv(std::size_t ranks, std::size_t to, std::size_t from, std::size_t bytes) : send(ranks, from, to, bytes) {}
};

}  // namespace commfold::wire::point_to_point
