// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/all_reduce.hpp
/// gloo's all_reduce: a ring of segments.

#include <commfold/size/arithmetic.hpp>
#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/gloo/segments.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// A vector of N bytes, of elements of e bytes, is reduced on p ranks around a ring from r to r - 1: reduce-scatter, then all-gather. With
///   M = e floor(MiB / e)    S = roundup(max(ceil(N / M), 2 p), p)    segment = roundup(ceil(N / S), e)
/// it has S segments, of which chunk i, the segments i S/p and on, belongs to rank i. Rank r sends chunks r + 1 .. r + p - 1 and then
/// r .. r + p - 2, a segment a message, and not the empty ones. With b the bytes of chunks, c their segments that are not empty, n those of
/// the whole vector, and indices mod p:
///   sent bytes = 2 N - b[r] - b[r-1]    sent messages = 2 n - c[r] - c[r-1]
/// For every N there is this one algorithm, whatever the reduction. An empty vector sends nothing. Source: gloo d97133a, allreduce.cc,
/// `ring`. Refused with `invalid_argument`: no ranks, and an N that is no whole number of elements.
class all_reduce {
 public:
  constexpr all_reduce(std::size_t bytes, std::size_t ranks, std::size_t element) : group_(verb, ranks) {
    using detail::quotient_up;
    using detail::segments;
    segments::expect_elements(verb, bytes, element);
    std::size_t const two_a_rank = detail::checked_multiply(2, ranks, verb);
    std::size_t const least = quotient_up(bytes, segments::longest(element));
    std::size_t const count = detail::rounded_up(least < two_a_rank ? two_a_rank : least, ranks, verb);
    cut_ = {bytes, count / ranks, detail::rounded_up(quotient_up(bytes, count), element, verb)};
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (sends_nothing()) return;
    pass(rank, group_.above(rank), 0, sink);
    pass(rank, rank, rounds_of_pass(), sink);
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    wire::peer_traffic const all = sent(rank);
    if (all.messages != 0) sink(all);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    std::size_t const from = group_.above(rank);
    wire::peer_traffic const all = sent(from);
    if (all.messages != 0) sink(wire::peer_traffic{from, all.bytes, all.messages});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::all_reduce";

  [[nodiscard]] constexpr bool sends_nothing() const noexcept { return ranks() == 1 || cut_.bytes == 0; }
  [[nodiscard]] constexpr std::size_t rounds_of_pass() const noexcept { return (ranks() - 1) * cut_.a_rank; }

  /// All chunks but the last one of the ring, from that of rank `first` on. A segment is a round.
  template <class Sink>
  constexpr void pass(std::size_t rank, std::size_t first, std::size_t first_round, Sink& sink) const {
    std::size_t const to = group_.below(rank);
    std::size_t owner = first;
    for (std::size_t round = 0; round != rounds_of_pass(); owner = group_.above(owner))
      for (std::size_t i = 0; i != cut_.a_rank; ++i, ++round)
        if (std::size_t const bytes = cut_.of(owner * cut_.a_rank + i); bytes != 0)
          sink(wire::message{rank, to, bytes, first_round + round});
  }

  [[nodiscard]] constexpr wire::peer_traffic sent(std::size_t rank) const {
    if (sends_nothing()) return {};
    std::size_t const to = group_.below(rank);
    std::size_t const reduced = cut_.bytes - cut_.chunk(rank);
    std::size_t const n = cut_.filled();
    return {to, detail::checked_add(reduced, cut_.bytes - cut_.chunk(to), verb),
            2 * n - cut_.filled_of_chunk(rank) - cut_.filled_of_chunk(to)};
  }

  detail::group group_;
  detail::segments cut_;
};

}  // namespace commfold::gloo
