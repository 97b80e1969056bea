// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/reduce.hpp
/// gloo's reduce: a ring of segments, whose chunks then go to the root.

#include <commfold/size/arithmetic.hpp>
#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/gloo/segments.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// A vector of N bytes, of elements of e bytes, is reduced on p ranks around a ring from r to r - 1, and each rank then sends its chunk
/// straight to the root in one message. With
///   M = e floor(MiB / e)    segment = roundup(min(ceil(N / 2 p), M), e)    S = roundup(max(ceil(N / segment), 2 p), p)
/// it has S segments, of which chunk i, the segments i S/p and on, belongs to rank i. Around the ring rank r sends the S - 2 segments from
/// (r + 1) S/p on, and not the empty ones: all but the last two of its own chunk. Past 2 p MiB a chunk has more than two segments, and the
/// others of its own chunk are superfluous, but on the wire. With b the bytes of chunks, x the last two segments of the own chunk, n the
/// segments of the vector that are not empty:
///   sent bytes = N - x[r] + (r != root) b[r]    sent messages = n - (segments of x[r] that are not empty) + (r != root and b[r] > 0)
/// An empty vector sends nothing. Source: gloo d97133a, reduce.cc. Refused with `invalid_argument`: no ranks, a root outside the group, and
/// an N that is no whole number of elements.
class reduce {
 public:
  constexpr reduce(std::size_t bytes, std::size_t ranks, std::size_t element, std::size_t root) : group_(verb, ranks), root_(root) {
    using detail::quotient_up;
    using detail::segments;
    group_.expect(verb, "root", root);
    segments::expect_elements(verb, bytes, element);
    std::size_t const two_a_rank = detail::checked_multiply(2, ranks, verb);
    std::size_t const share = quotient_up(bytes, two_a_rank);
    std::size_t const most = segments::longest(element);
    std::size_t const length = detail::rounded_up(share < most ? share : most, element, verb);
    std::size_t const least = bytes == 0 ? 0 : quotient_up(bytes, length);
    std::size_t const count = detail::rounded_up(least < two_a_rank ? two_a_rank : least, ranks, verb);
    cut_ = {bytes, count / ranks, length};
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (sends_nothing()) return;
    std::size_t const to = group_.below(rank);
    std::size_t const count = ranks() * cut_.a_rank;
    std::size_t segment = group_.above(rank) * cut_.a_rank;
    for (std::size_t round = 0; round != count - 2; ++round) {
      if (std::size_t const bytes = cut_.of(segment); bytes != 0) sink(wire::message{rank, to, bytes, round});
      if (++segment == count) segment = 0;
    }
    if (std::size_t const own = cut_.chunk(rank); rank != root_ && own != 0) sink(wire::message{rank, root_, own, count - 2});
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (sends_nothing()) return;
    wire::peer_traffic ring = around_ring(rank);
    wire::peer_traffic const own = to_root(rank);
    bool const both = ring.peer == own.peer;
    if (both) add(ring, own);
    if (ring.messages != 0) sink(ring);
    if (!both && own.messages != 0) sink(own);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (sends_nothing()) return;
    std::size_t const above = group_.above(rank);
    wire::peer_traffic ring = around_ring(above);
    ring.peer = above;
    if (rank == root_) add(ring, to_root(above));
    if (ring.messages != 0) sink(ring);
    if (rank != root_) return;
    for (std::size_t from = 0; from != ranks(); ++from)
      if (wire::peer_traffic const own = to_root(from); from != above && own.messages != 0)
        sink(wire::peer_traffic{from, own.bytes, own.messages});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::reduce";

  [[nodiscard]] constexpr bool sends_nothing() const noexcept { return ranks() == 1 || cut_.bytes == 0; }

  static constexpr void add(wire::peer_traffic& to, wire::peer_traffic const& more) {
    to.bytes = detail::checked_add(to.bytes, more.bytes, verb);
    to.messages += more.messages;
  }

  [[nodiscard]] constexpr wire::peer_traffic around_ring(std::size_t rank) const {
    std::size_t const last = rank * cut_.a_rank + cut_.a_rank - 1;
    std::size_t const kept = cut_.of(last) + cut_.of(last - 1);
    std::size_t const kept_segments = (cut_.of(last) != 0 ? 1u : 0u) + (cut_.of(last - 1) != 0 ? 1u : 0u);
    return {group_.below(rank), cut_.bytes - kept, cut_.filled() - kept_segments};
  }
  [[nodiscard]] constexpr wire::peer_traffic to_root(std::size_t rank) const {
    std::size_t const own = cut_.chunk(rank);
    if (rank == root_ || own == 0) return {root_, 0, 0};
    return {root_, own, 1};
  }

  detail::group group_;
  std::size_t root_;
  detail::segments cut_;
};

}  // namespace commfold::gloo
