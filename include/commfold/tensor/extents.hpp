// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/extents.hpp
/// The shape of a tensor, each extent in the type or known at run time, in mdspan's words.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <utility>

namespace commfold {

/// The most dimensions that a tensor may have, as in PyTorch's own kernels. More are refused.
inline constexpr std::size_t max_rank = 16;

namespace detail {

/// The dynamic extents of a shape.
template <std::size_t N>
struct stored_extents {
  std::size_t stored[N] = {};
};
template <>
struct stored_extents<0> {};

/// The extents as the type knows them. One entry more, because rank 0 needs an array too.
template <std::size_t... E>
inline constexpr std::size_t static_extents[sizeof...(E) + 1] = {E..., 0};

/// Chooses the constructor that takes all extents.
struct from_values {};

struct bytes_of_extents;  // commfold/tensor/payload_bytes.hpp

[[noreturn]] constexpr void fail_dimension(char const* verb, std::size_t r, std::size_t rank) {
  fail<invalid_argument>(verb, "dimension {} of a tensor of rank {}", r, rank);
}
[[noreturn]] constexpr void fail_extent(char const* verb, std::size_t r, std::size_t is, std::size_t must) {
  fail<invalid_argument>(verb, "the extent of dimension {} is {}, and the type says {}", r, is, must);
}

}  // namespace detail

/// `extents<8192, dyn>`: a shape with one extent in the type and one stored. An empty class when all are static, always trivially copyable.
/// A shape converts implicitly to one whose type says less, and explicitly, with a check, to one whose type says more.
template <std::size_t... E>
class extents : private detail::stored_extents<(std::size_t{0} + ... + (E == dyn ? 1 : 0))> {
  static_assert(sizeof...(E) <= max_rank, "commfold::extents: a shape has at most 16 dimensions");

 public:
  using size_type = std::size_t;
  using index_type = std::size_t;
  using rank_type = std::size_t;

  [[nodiscard]] static constexpr std::size_t rank() noexcept { return sizeof...(E); }
  [[nodiscard]] static constexpr std::size_t rank_dynamic() noexcept { return (std::size_t{0} + ... + (E == dyn ? 1 : 0)); }

  /// The r-th extent as the type knows it: `dyn` where it does not. `invalid_argument` where r is not below the rank.
  [[nodiscard]] static constexpr std::size_t static_extent(std::size_t r) {
    if (r >= rank()) detail::fail_dimension("commfold::extents::static_extent", r, rank());
    return detail::static_extents<E...>[r];
  }

  /// The r-th extent. `invalid_argument` where r is not below the rank.
  [[nodiscard]] constexpr std::size_t extent(std::size_t r) const {
    if (r >= rank()) detail::fail_dimension("commfold::extents::extent", r, rank());
    return value(r);
  }

  /// The product of all extents, 1 for rank 0. A `size_constant` when all are static, else a `std::size_t`; one that does not fit is a
  /// compile error or an `overflow_error`.
  [[nodiscard]] constexpr auto numel() const {
    if constexpr (rank_dynamic() == 0) {
      constexpr detail::size_result n = detail::try_product({E...});
      static_assert(n.fits, "commfold::extents: the number of elements does not fit std::size_t");
      return size_constant<n.value>{};
    } else {
      detail::size_result const n = product(1);
      if (!n.fits) detail::fail_overflow("commfold::extents::numel", "the number of elements");
      return n.value;
    }
  }

  /// Dynamic extents are 0, as in mdspan.
  constexpr extents() = default;

  /// From the dynamic extents alone, or from all of them; a static one that does not match is an `invalid_argument`.
  template <size_like... N>
    requires(sizeof...(N) > 0 && (sizeof...(N) == rank_dynamic() || sizeof...(N) == rank()))
  constexpr explicit(sizeof...(N) == 1) extents(N const&... given) {
    std::size_t const given_values[] = {detail::to_size(given, "commfold::extents")...};
    if constexpr (sizeof...(N) == rank()) {
      assign(given_values);
    } else {
      for (std::size_t i = 0; i < rank_dynamic(); ++i) this->stored[i] = given_values[i];
    }
  }

  /// From a shape whose type says more or less. Explicit, and checked, where this type says more.
  template <std::size_t... O>
    requires(sizeof...(O) == sizeof...(E) && ((O == E || O == dyn || E == dyn) && ...))
  constexpr explicit((... || (E != dyn && O == dyn))) extents(extents<O...> const& other_extents) {
    if constexpr (sizeof...(E) > 0) {
      std::size_t other_values[sizeof...(E)] = {};
      for (std::size_t r = 0; r < rank(); ++r) other_values[r] = other_extents.extent(r);
      assign(other_values);
    }
  }

  /// From all `rank()` extents; for the library's own use.
  constexpr extents(detail::from_values, std::size_t const* all_values) { assign(all_values); }

 private:
  friend struct detail::bytes_of_extents;

  /// start * the product of all extents.
  [[nodiscard]] constexpr detail::size_result product(std::size_t start) const noexcept {
    constexpr detail::size_result known = detail::try_product({(E == dyn ? std::size_t{1} : E)...});
    // The static part is one constant: what is left at run time is a multiplication for each dynamic extent.
    detail::size_result const begin = detail::try_multiply(start, known.value);
    if constexpr (rank_dynamic() == 0) {
      return {begin.value, begin.fits && known.fits};
    } else {
      if (rank_dynamic() == 1 && begin.fits && known.fits) return detail::try_multiply(begin.value, this->stored[0]);
      detail::size_result const r = detail::try_product(begin.value, this->stored, this->stored + rank_dynamic());
      bool zero = false;
      for (std::size_t const n : this->stored) zero = zero || n == 0;
      return zero ? detail::size_result{} : detail::size_result{r.value, r.fits && begin.fits && known.fits};
    }
  }

  [[nodiscard]] constexpr std::size_t value(std::size_t r) const noexcept {
    if constexpr (rank_dynamic() == rank() && rank() > 0) {
      return this->stored[r];
    } else if constexpr (rank_dynamic() > 0) {
      if (detail::static_extents<E...>[r] != dyn) return detail::static_extents<E...>[r];
      std::size_t slot = 0;
      for (std::size_t i = 0; i < r; ++i) slot += detail::static_extents<E...>[i] == dyn ? 1 : 0;
      return this->stored[slot];
    } else {
      return detail::static_extents<E...>[r];
    }
  }

  constexpr void assign(std::size_t const* all) {
    [[maybe_unused]] std::size_t slot = 0;
    for (std::size_t r = 0; r < rank(); ++r) {
      std::size_t const known = detail::static_extents<E...>[r];
      if (known != dyn) {
        if (known != all[r]) detail::fail_extent("commfold::extents", r, all[r], known);
      } else if constexpr (rank_dynamic() > 0) {
        this->stored[slot++] = all[r];
      }
    }
  }
};

// Not a hidden friend: each instantiation of the class would declare its own, and compilers compare a declaration with all before it (4096
// shapes: 10 s).
/// Equal rank and equal extents, static or not.
template <std::size_t... A, std::size_t... B>
[[nodiscard]] constexpr bool operator==(extents<A...> const& a, extents<B...> const& b) noexcept {
  if constexpr (sizeof...(A) != sizeof...(B)) {
    return false;
  } else {
    for (std::size_t r = 0; r < sizeof...(A); ++r)
      if (a.extent(r) != b.extent(r)) return false;
    return true;
  }
}

}  // namespace commfold
