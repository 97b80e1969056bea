// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/scatter.hpp
/// gloo's scatter: the root straight to each rank.

#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// The root sends s bytes to each other of p ranks, in the order of the ranks and all in one round; there is no tree. Empty messages are
/// sent, too. Source: gloo d97133a, scatter.cc. Refused with `invalid_argument`: no ranks, a root outside the group.
class scatter {
 public:
  constexpr scatter(std::size_t block, std::size_t ranks, std::size_t root) : group_(verb, ranks), block_(block), root_(root) {
    group_.expect(verb, "root", root);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank != root_) return;
    for (std::size_t to = 0; to != ranks(); ++to)
      if (to != root_) sink(wire::message{root_, to, block_, 0});
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    sends_of(rank, [&sink](wire::message const& one) { sink(wire::peer_traffic{one.to, one.bytes, 1}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) sink(wire::peer_traffic{root_, block_, 1});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::scatter";

  detail::group group_;
  std::size_t block_;
  std::size_t root_;
};

}  // namespace commfold::gloo
