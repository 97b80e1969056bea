// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dynamic_extents.hpp
/// A shape whose rank, too, is known only at run time.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/extents.hpp>

#include <cstddef>
#include <initializer_list>

namespace commfold {

namespace detail {

/// An extent in braces. Of any integer type: a conversion in braces to `std::size_t` would cut what does not fit, with a warning at most.
struct braced_extent {
  std::size_t value;

  template <size_like N>
  constexpr braced_extent(N const& n) : value(to_size(n, "commfold::dynamic_extents")) {}
};

}  // namespace detail

/// Up to 16 extents in place: no allocation, usable in constant expressions.
class dynamic_extents {
 public:
  using size_type = std::size_t;
  using index_type = std::size_t;
  using rank_type = std::size_t;

  /// Rank 0.
  constexpr dynamic_extents() = default;

  /// From the extents in order, `{8192, n}`. More than 16, and a negative one, are an `invalid_argument`.
  constexpr dynamic_extents(std::initializer_list<detail::braced_extent> extents) : rank_(accepted_rank(extents.size())) {
    std::size_t r = 0;
    for (detail::braced_extent const extent : extents) values_[r++] = extent.value;
  }
  constexpr dynamic_extents(std::size_t const* extents, std::size_t rank) : rank_(accepted_rank(rank)) {
    for (std::size_t r = 0; r < rank; ++r) values_[r] = extents[r];
  }

  /// From any shape with `rank()` and `extent(r)`, static or not. A rank above 16 is an `invalid_argument`.
  template <class Extents>
    requires requires(Extents const& e, std::size_t r) {
      { e.rank() } -> size_like;
      { e.extent(r) } -> size_like;
    }
  constexpr dynamic_extents(Extents const& any_extents)
      : rank_(accepted_rank(detail::to_size(any_extents.rank(), "commfold::dynamic_extents"))) {
    for (std::size_t r = 0; r < rank_; ++r)
      values_[r] = detail::to_size(any_extents.extent(static_cast<decltype(any_extents.rank())>(r)), "commfold::dynamic_extents");
  }

  [[nodiscard]] constexpr std::size_t rank() const noexcept { return rank_; }

  /// The r-th extent. `invalid_argument` where r is not below the rank.
  [[nodiscard]] constexpr std::size_t extent(std::size_t r) const {
    if (r >= rank_) detail::fail_dimension("commfold::dynamic_extents::extent", r, rank_);
    return values_[r];
  }

  /// The product of all extents, 1 for rank 0; `overflow_error` where it does not fit.
  [[nodiscard]] constexpr std::size_t numel() const {
    detail::size_result const n = product(1);
    if (!n.fits) detail::fail_overflow("commfold::dynamic_extents::numel", "the number of elements");
    return n.value;
  }

  [[nodiscard]] friend constexpr bool operator==(dynamic_extents const& a, dynamic_extents const& b) noexcept {
    if (a.rank_ != b.rank_) return false;
    for (std::size_t r = 0; r < a.rank_; ++r)
      if (a.values_[r] != b.values_[r]) return false;
    return true;
  }

  /// The first of the extents, which lie in a row.
  [[nodiscard]] constexpr std::size_t const* data() const noexcept { return values_; }

 private:
  friend struct detail::bytes_of_extents;

  static constexpr std::size_t accepted_rank(std::size_t rank) {
    if (rank > max_rank)
      detail::fail<invalid_argument>("commfold::dynamic_extents", "rank {} is above 16, the most a shape may have", rank);
    return rank;
  }

  /// start * the product of all extents.
  [[nodiscard]] constexpr detail::size_result product(std::size_t start) const noexcept {
    return detail::try_product(start, values_, values_ + rank_);
  }

  std::size_t rank_ = 0;
  std::size_t values_[max_rank] = {};
};

}  // namespace commfold
