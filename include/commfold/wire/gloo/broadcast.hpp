// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/broadcast.hpp
/// gloo's broadcast: a binomial tree.

#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <bit>
#include <cstddef>

namespace commfold::gloo {

/// s bytes of the root go to p ranks in ceil(lg p) rounds. With v = r - root mod p, in round k each v < 2^k sends to v + 2^k, where that is
/// below p. So v > 0 receives from v without its highest bit, in the round of that bit, and sends in all later ones:
///   sent bytes = s * (the k with 2^k > v and v + 2^k < p)    received bytes = s * (v > 0)
/// An empty message is sent, too. Source: gloo d97133a, broadcast.cc. Refused with `invalid_argument`: no ranks, a root outside the group.
class broadcast {
 public:
  constexpr broadcast(std::size_t bytes, std::size_t ranks, std::size_t root) : group_(verb, ranks), bytes_(bytes), root_(root) {
    group_.expect(verb, "root", root);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const v = group_.below(rank, root_);
    std::size_t round = 0;
    for (std::size_t rest = v; rest != 0; rest /= 2) ++round;
    // distance < p - v, and not v + distance < p: the sum may not fit.
    for (std::size_t distance = std::size_t{1} << round; distance < ranks() - v; distance *= 2, ++round)
      sink(wire::message{rank, group_.above(rank, distance), bytes_, round});
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    sends_of(rank, [&sink](wire::message const& one) { sink(wire::peer_traffic{one.to, one.bytes, 1}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (std::size_t const v = group_.below(rank, root_); v != 0) sink(wire::peer_traffic{group_.below(rank, std::bit_floor(v)), bytes_, 1});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::broadcast";

  detail::group group_;
  std::size_t bytes_;
  std::size_t root_;
};

}  // namespace commfold::gloo
