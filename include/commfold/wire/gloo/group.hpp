// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/group.hpp
/// The ranks of a group as gloo's schedules count them: around a ring, and from a root on.

#include <commfold/error.hpp>

#include <cstddef>

namespace commfold::gloo::detail {

using namespace commfold::detail;

/// The numbers of ranks, p of them. `invalid_argument`, in the name of `verb`: no ranks, more than gloo's `int` counts, and a rank outside
/// the group.
class group {
 public:
  static constexpr std::size_t most_ranks = 0x7fffffff;

  constexpr group(char const* verb, std::size_t ranks) : ranks_(ranks) {
    if (ranks == 0) fail<invalid_argument>(verb, "a group has at least one rank");
    if (ranks > most_ranks) fail<invalid_argument>(verb, "a group of {} ranks is larger than gloo's largest, of {}", ranks, most_ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }

  constexpr void expect(char const* verb, char const* what, std::size_t rank) const {
    if (rank >= ranks_) fail<invalid_argument>(verb, "{} {} is outside a group of {} ranks", what, rank, ranks_);
  }

  /// rank + by mod p and rank - by mod p, of by <= p.
  [[nodiscard]] constexpr std::size_t above(std::size_t rank, std::size_t by = 1) const noexcept {
    return rank < ranks_ - by ? rank + by : rank - (ranks_ - by);
  }
  [[nodiscard]] constexpr std::size_t below(std::size_t rank, std::size_t by = 1) const noexcept {
    return rank < by ? rank + (ranks_ - by) : rank - by;
  }

 private:
  std::size_t ranks_;
};

}  // namespace commfold::gloo::detail
