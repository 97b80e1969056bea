// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/barrier.hpp
/// gloo's barrier by dissemination, and PyTorch's monitored barrier over gloo.

#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// In round k = 0 .. ceil(lg p) - 1 rank r sends an empty message to r + 2^k. Source: gloo d97133a, barrier.cc. Refused with
/// `invalid_argument`: no ranks.
class barrier {
 public:
  constexpr explicit barrier(std::size_t ranks) : group_("commfold::gloo::barrier", ranks) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    each_round([&](std::size_t distance, std::size_t round) { sink(wire::message{rank, group_.above(rank, distance), 0, round}); });
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    each_round([&](std::size_t distance, std::size_t) { sink(wire::peer_traffic{group_.above(rank, distance), 0, 1}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    each_round([&](std::size_t distance, std::size_t) { sink(wire::peer_traffic{group_.below(rank, distance), 0, 1}); });
  }

 private:
  template <class Use>
  constexpr void each_round(Use use) const {
    std::size_t round = 0;
    // Halves, and not a product that grows until it does not fit.
    for (std::size_t rest = ranks() - 1; rest != 0; rest /= 2, ++round) use(std::size_t{1} << round, round);
  }

  detail::group group_;
};

/// Every rank sends 4 bytes to rank 0, and rank 0 answers each with 4 bytes. Source: PyTorch 2.14, ProcessGroupGloo::monitoredBarrier,
/// as measured. Refused with `invalid_argument`: no ranks.
class monitored_barrier {
 public:
  /// The bytes of one message.
  static constexpr std::size_t word = 4;

  constexpr explicit monitored_barrier(std::size_t ranks) : group_("commfold::gloo::monitored_barrier", ranks) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    each_peer(rank, [&](std::size_t peer) { sink(wire::message{rank, peer, word, rank == 0 ? std::size_t{1} : std::size_t{0}}); });
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    each_peer(rank, [&](std::size_t peer) { sink(wire::peer_traffic{peer, word, 1}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    sent_to_each(rank, sink);
  }

 private:
  /// Those that a rank sends to are those that it receives from.
  template <class Use>
  constexpr void each_peer(std::size_t rank, Use use) const {
    if (rank != 0) return use(std::size_t{0});
    for (std::size_t peer = 1; peer < ranks(); ++peer) use(peer);
  }

  detail::group group_;
};

}  // namespace commfold::gloo
