// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/scatter.hpp
/// Algorithms of scatter: each rank gets its block from the root. They are those of gather, backwards.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire {

namespace detail {

/// A schedule backwards in time: who sent receives. For schedules with closed forms that send one message a pair of ranks at most.
template <closed_schedule Schedule>
class reversed {
 public:
  constexpr explicit reversed(Schedule const& of) : of_(of) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return of_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return of_.round_count(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    of_.received_from_each(rank, [&](peer_traffic const& from) {
      of_.sends_of(from.peer, [&](message const& m) {
        if (m.to == rank) sink(message{rank, from.peer, m.bytes, round_count() - 1 - m.round});
      });
    });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    of_.received_from_each(rank, sink);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    of_.sent_to_each(rank, sink);
  }

 private:
  Schedule of_;
};

}  // namespace detail

namespace scatter {

/// The root sends each rank its block: N - b[root] in all. Nothing is sent of an empty block. Refused with `invalid_argument`: a root
/// outside the group.
class linear : public detail::reversed<gather::linear> {
 public:
  constexpr explicit linear(wire::blocks const& of, std::size_t root = 0)
      : reversed(gather::linear(of, detail::expect_root("commfold::wire::scatter::linear", root, of.ranks()))) {}
};

/// Each rank sends its children in the low-bit binomial tree the blocks of their subtrees, the farthest child first.
class low_bit_binomial : public detail::reversed<gather::low_bit_binomial> {
 public:
  constexpr explicit low_bit_binomial(wire::blocks const& of, std::size_t root = 0)
      : reversed(gather::low_bit_binomial(of, detail::expect_root("commfold::wire::scatter::low_bit_binomial", root, of.ranks()))) {}
};

}  // namespace scatter
}  // namespace commfold::wire
