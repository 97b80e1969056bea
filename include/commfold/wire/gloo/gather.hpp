// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/gather.hpp
/// gloo's gather: each rank straight to the root.

#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// Each of p ranks but the root sends its s bytes to the root, all in one round; there is no tree. Empty messages are sent, too. Source:
/// gloo d97133a, gather.cc. Refused with `invalid_argument`: no ranks, a root outside the group.
class gather {
 public:
  constexpr gather(std::size_t block, std::size_t ranks, std::size_t root) : group_(verb, ranks), block_(block), root_(root) {
    group_.expect(verb, "root", root);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return group_.ranks(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank != root_) sink(wire::message{rank, root_, block_, 0});
  }

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) sink(wire::peer_traffic{root_, block_, 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank != root_) return;
    for (std::size_t from = 0; from != ranks(); ++from)
      if (from != root_) sink(wire::peer_traffic{from, block_, 1});
  }

 private:
  static constexpr char const* verb = "commfold::gloo::gather";

  detail::group group_;
  std::size_t block_;
  std::size_t root_;
};

}  // namespace commfold::gloo
