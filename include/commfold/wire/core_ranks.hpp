// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/core_ranks.hpp
/// How algorithms for powers of two serve groups of any size: a core of ranks does the work, and the others hand theirs to a neighbour.

#include <commfold/error.hpp>

#include <bit>
#include <cstddef>
#include <limits>

namespace commfold::wire::detail {

using namespace commfold::detail;

constexpr void expect_group(char const* where, std::size_t ranks) {
  if (ranks == 0) fail<invalid_argument>(where, "a group has at least one rank");
}

/// The root.
constexpr std::size_t expect_root(char const* where, std::size_t root, std::size_t ranks) {
  if (root >= ranks) fail<invalid_argument>(where, "root {} is outside a group of {} ranks", root, ranks);
  return root;
}

constexpr void expect_power_of_two(char const* where, std::size_t ranks) {
  if (!std::has_single_bit(ranks))
    fail<invalid_argument>(where, "is for groups whose number of ranks is a power of two, and this one has {}", ranks);
}

constexpr void expect_two(char const* where, std::size_t ranks) {
  if (ranks != 2) fail<invalid_argument>(where, "is for 2 ranks, and this group has {}", ranks);
}

/// The number of bits of n. Not `std::bit_width`, whose type differs among standard libraries.
[[nodiscard]] constexpr std::size_t bits_in(std::size_t n) noexcept {
  return static_cast<std::size_t>(std::numeric_limits<std::size_t>::digits - std::countl_zero(n));
}

/// The smallest k with 2^k >= n: the rounds that any algorithm needs to reach n ranks.
[[nodiscard]] constexpr std::size_t ceil_log2(std::size_t n) noexcept { return n <= 1 ? 0 : bits_in(n - 1); }
[[nodiscard]] constexpr std::size_t floor_log2(std::size_t n) noexcept { return bits_in(n) - 1; }

/// (rank + by) mod p, for by < p.
[[nodiscard]] constexpr std::size_t up(std::size_t rank, std::size_t by, std::size_t p) noexcept {
  return rank < p - by ? rank + by : rank - (p - by);
}
[[nodiscard]] constexpr std::size_t down(std::size_t rank, std::size_t by, std::size_t p) noexcept {
  return rank < by ? rank + (p - by) : rank - by;
}

/// Which rank of a pair stays in the core.
enum class stays : unsigned char { even, odd };

/// Of p ranks q = 2^floor(lg p) are the core. With e = p - q the first 2 e ranks form pairs, of each of which one rank stays; all others
/// stay. Members of the core are numbered 0 to q - 1 in the order of their ranks.
class core_ranks {
 public:
  constexpr core_ranks(char const* where, std::size_t ranks, stays which) : ranks_(ranks), kept_(which == stays::odd ? 1 : 0) {
    expect_group(where, ranks);
    size_ = std::bit_floor(ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  /// The number of pairs, and of ranks outside the core.
  [[nodiscard]] constexpr std::size_t pairs() const noexcept { return ranks_ - size_; }
  [[nodiscard]] constexpr std::size_t steps() const noexcept { return floor_log2(size_); }

  [[nodiscard]] constexpr bool in_pair(std::size_t rank) const noexcept { return rank < 2 * pairs(); }
  [[nodiscard]] constexpr bool has(std::size_t rank) const noexcept { return !in_pair(rank) || rank % 2 == kept_; }
  [[nodiscard]] constexpr std::size_t member(std::size_t rank) const noexcept { return in_pair(rank) ? rank / 2 : rank - pairs(); }
  [[nodiscard]] constexpr std::size_t rank(std::size_t member) const noexcept {
    return member < pairs() ? 2 * member + kept_ : member + pairs();
  }
  /// The other rank of a pair.
  [[nodiscard]] static constexpr std::size_t partner(std::size_t rank) noexcept { return rank ^ 1U; }

  /// The first of the ranks that `member` and those after it stand for.
  [[nodiscard]] constexpr std::size_t first_rank(std::size_t member) const noexcept {
    return member < pairs() ? 2 * member : member + pairs();
  }

 private:
  std::size_t ranks_, size_ = 0, kept_;
};

}  // namespace commfold::wire::detail
