// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/argument.hpp
/// A dimension, index or size that is given to a view, as plain numbers. No user need name it.

#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/infer.hpp>
#include <commfold/tensor/layout/layout.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace commfold::detail {

/// What the caller wrote.
struct argument {
  enum kind : unsigned char { is_known, is_unknown, is_inferred };
  kind what = is_unknown;
  bool negative = false;
  std::size_t magnitude = 0;

  constexpr bool known() const noexcept { return what == is_known; }
  constexpr bool infers() const noexcept { return what == is_inferred || (known() && negative && magnitude == 1); }
  /// As a number of a layout: `dyn` where it is not known. Of a negative one without its sign.
  constexpr std::size_t value() const noexcept { return known() ? magnitude : dyn; }
};

template <class T>
concept view_argument = size_like<T> || std::same_as<std::remove_cvref_t<T>, infer_size>;

/// What the type says: a number if it is a `static_size`.
template <class T>
constexpr argument static_argument() noexcept {
  if constexpr (static_size<T>)
    return {argument::is_known, false, size_that_fits<fits_size(T::value)>(static_cast<std::size_t>(T::value))};
  else if constexpr (std::same_as<std::remove_cvref_t<T>, infer_size>)
    return {argument::is_inferred};
  else
    return {};
}

/// The number itself. `overflow_error`, naming `verb`, where it does not fit `std::size_t`.
template <view_argument T>
constexpr argument true_argument([[maybe_unused]] T const& n, [[maybe_unused]] char const* verb = "commfold::view") {
  if constexpr (integer<T>) {
    if constexpr (std::is_signed_v<T>) {
      if (n < 0) {
        if constexpr (sizeof(T) > sizeof(std::size_t))
          if (T const less_one = -(n + 1); !fits_size(less_one) || !fits_size(less_one + 1)) fail_too_wide(verb, n);
        return {argument::is_known, true, std::size_t{0} - static_cast<std::size_t>(n)};
      }
    }
    return {argument::is_known, false, to_size(n, verb)};
  } else {
    return static_argument<T>();
  }
}

/// An index into a dimension. `at` means something only where `ok` and `is_known` hold.
struct wrapped {
  bool ok = true;  ///< it is in range, or may be
  bool is_known = true;
  std::size_t at = 0;  ///< counted from the front
};

/// Whether the end of a dimension is an index, as it is of a range that starts there.
enum class the_end { is_outside, is_inside };

/// An index into a dimension of this extent; a negative number counts from the end, as in PyTorch: -1 is `extent - 1`.
constexpr wrapped wrap(argument a, std::size_t extent, bool extent_is_known, the_end end) noexcept {
  if (!a.known() || !extent_is_known) return {true, a.known() && !a.negative, a.magnitude};
  if (a.negative) return {a.magnitude <= extent, true, extent - a.magnitude};
  return {a.magnitude < extent || (a.magnitude == extent && end == the_end::is_inside), true, a.magnitude};
}

constexpr wrapped wrap_dimension(argument a, std::size_t rank) noexcept { return wrap(a, rank, true, the_end::is_outside); }

}  // namespace commfold::detail
