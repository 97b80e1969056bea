// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/segments.hpp
/// How gloo cuts the vector of a reduction into segments, equally many for each rank.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>

namespace commfold::gloo::detail {

using namespace commfold::detail;

/// No segment is longer than this, rounded down to elements.
inline constexpr std::size_t longest_segment = std::size_t{1} << 20;

constexpr std::size_t quotient_up(std::size_t n, std::size_t by) noexcept { return n / by + (n % by != 0 ? 1 : 0); }

constexpr std::size_t rounded_up(std::size_t n, std::size_t to, char const* verb) { return checked_multiply(quotient_up(n, to), to, verb); }

/// A vector of N bytes in p chunks, one for each rank, of as many segments each. Segment k has bytes k * length and on, at most `length` of
/// them; segments past the end of the vector are empty.
struct segments {
  std::size_t bytes = 0;
  std::size_t a_rank = 2;  ///< segments of a chunk, at least two: one is on its way while the other is reduced
  std::size_t length = 0;  ///< bytes of a full segment

  /// N is no whole number of elements of e bytes, or e is 0: an `invalid_argument`.
  static constexpr void expect_elements(char const* verb, std::size_t bytes, std::size_t element) {
    if (element == 0 || bytes % element != 0)
      fail<invalid_argument>(verb, "a vector of {} B has no whole number of elements of {} B", bytes, element);
  }

  /// Bytes of the largest segment that there may be: M = e floor(MiB / e), and one element where that is larger.
  [[nodiscard]] static constexpr std::size_t longest(std::size_t element) noexcept {
    return element > longest_segment ? element : longest_segment / element * element;
  }

  /// n, the segments that are not empty.
  [[nodiscard]] constexpr std::size_t filled() const noexcept { return bytes == 0 ? 0 : quotient_up(bytes, length); }

  /// The bytes of segment k.
  [[nodiscard]] constexpr std::size_t of(std::size_t k) const noexcept {
    std::size_t const n = filled();
    if (k >= n) return 0;
    return k + 1 == n ? bytes - k * length : length;
  }

  /// The segments of a rank's chunk that are not empty, and its bytes.
  [[nodiscard]] constexpr std::size_t filled_of_chunk(std::size_t rank) const noexcept {
    std::size_t const n = filled();
    std::size_t const first = rank * a_rank;
    if (first >= n) return 0;
    return n - first < a_rank ? n - first : a_rank;
  }
  [[nodiscard]] constexpr std::size_t chunk(std::size_t rank) const noexcept {
    std::size_t const count = filled_of_chunk(rank);
    if (count == 0) return 0;
    std::size_t const last = rank * a_rank + count - 1;
    return (count - 1) * length + of(last);
  }
};

}  // namespace commfold::gloo::detail
