// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/argument.hpp
/// A dimension, index or size that is given to a view, as plain numbers. No user need name it.

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

  constexpr bool infers() const noexcept { return what == is_inferred || (what == is_known && negative && magnitude == 1); }
  /// The number, `dyn` where it is not known. Of a negative one without its sign.
  constexpr std::size_t value() const noexcept { return what == is_known ? magnitude : dyn; }
};

template <class T>
concept view_argument = size_like<T> || std::same_as<std::remove_cvref_t<T>, infer_size>;

/// What the type says: a number if it is a `static_size`.
template <class T>
constexpr argument static_argument() noexcept {
  if constexpr (static_size<T>)
    return {argument::is_known, false, static_cast<std::size_t>(std::remove_cvref_t<T>::value)};
  else if constexpr (std::same_as<std::remove_cvref_t<T>, infer_size>)
    return {argument::is_inferred};
  else
    return {};
}

/// The number itself.
template <view_argument T>
constexpr argument true_argument([[maybe_unused]] T const& n) noexcept {
  if constexpr (integer<T>) {
    if constexpr (std::is_signed_v<T>)
      if (n < 0) return {argument::is_known, true, std::size_t{0} - static_cast<std::size_t>(n)};
    return {argument::is_known, false, static_cast<std::size_t>(n)};
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

/// From 0 to `last`, which is `extent` or `extent - 1`; a negative number counts from the end, as in PyTorch: -1 is `extent - 1`.
constexpr wrapped wrap(argument a, std::size_t extent, std::size_t last) noexcept {
  if (a.what != argument::is_known || !known(extent)) return {true, a.what == argument::is_known && !a.negative, a.magnitude};
  if (a.negative) return {a.magnitude <= extent, true, extent - a.magnitude};
  return {a.magnitude <= last && known(last), true, a.magnitude};
}

constexpr wrapped wrap_dimension(argument a, std::size_t rank) noexcept { return wrap(a, rank, rank - 1); }

}  // namespace commfold::detail
