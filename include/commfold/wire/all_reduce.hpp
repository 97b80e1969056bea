// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/all_reduce.hpp
/// Algorithms of all_reduce.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/ring.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire::all_reduce {

/// Reduce-scatter around the ring, then all-gather around it: 2 (p - 1) rounds. With b the blocks and N their sum rank r sends
/// 2 N - b[r+1] - b[r+2] bytes (indices mod p; to r + 1) or 2 N - b[r] - b[r-1] (to r - 1): 2 (p - 1) / p N where blocks are equal, the
/// lower bound of Patarasuk and Yuan, JPDC 69(2), 2009. Open MPI's algorithm 4, "ring", sends up; gloo's sends down.
class ring {
 public:
  constexpr explicit ring(wire::blocks const& of, ring_direction direction = ring_direction::up)
      : passes_{{{of, direction, direction == ring_direction::up ? 0 : 1, 0},
                 {of, direction, direction == ring_direction::up ? 1 : 0, of.ranks() - 1}}} {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return passes_.ranks(); }
  [[nodiscard]] constexpr bool is_symmetric() const noexcept { return passes_.is_symmetric(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    passes_.sends_of(rank, sink);
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    passes_.sent_to_each(rank, sink);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    passes_.received_from_each(rank, sink);
  }

 private:
  detail::ring_passes<2> passes_;
};

}  // namespace commfold::wire::all_reduce
