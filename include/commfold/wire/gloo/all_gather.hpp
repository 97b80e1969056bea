// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/all_gather.hpp
/// gloo's all_gather: a ring of blocks in two halves.

#include <commfold/size/arithmetic.hpp>
#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// Blocks of s bytes of p ranks, around a ring from r to r + 1, opposite to the ring of all_reduce. Each of the p - 1 blocks that a rank
/// sends goes in two messages, of floor(s / 2) and ceil(s / 2) bytes:
///   sent bytes = (p - 1) s    sent messages = 2 (p - 1)
/// Of blocks of one byte the first half is an empty message; empty blocks send nothing. All ranks have blocks of one size: gloo has no
/// other. Source: gloo d97133a, allgather.cc. Refused with `invalid_argument`: no ranks.
class all_gather {
 public:
  constexpr all_gather(std::size_t block, std::size_t ranks) : group_(verb, ranks), block_(block) {
    all_ = detail::checked_multiply(block, ranks - 1, verb);
    if (block != 0) messages_ = detail::checked_multiply(2, ranks - 1, verb);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (messages_ == 0) return;
    std::size_t const to = group_.above(rank);
    for (std::size_t round = 0; round != messages_; round += 2) {
      sink(wire::message{rank, to, block_ / 2, round});
      sink(wire::message{rank, to, block_ - block_ / 2, round + 1});
    }
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (messages_ != 0) sink(wire::peer_traffic{group_.above(rank), all_, messages_});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (messages_ != 0) sink(wire::peer_traffic{group_.below(rank), all_, messages_});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::all_gather";

  detail::group group_;
  std::size_t block_;
  std::size_t all_ = 0;
  std::size_t messages_ = 0;
};

}  // namespace commfold::gloo
