// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size/size_constant.hpp
/// A number of bytes or elements that is part of its type: what every question with a static answer returns.

#include <compare>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace commfold {

/// The sentinel for "known only at run time", for an extent and for a size alike. Equal to `std::dynamic_extent`.
inline constexpr std::size_t dyn = static_cast<std::size_t>(-1);

/// `size_constant<N>` is the number N as a type. It converts silently to `std::size_t`, compares with any integer by value
/// (`size_c<3> > -1` is true), and stays a constant under `add`, `multiply`, `max_of` and `ceil_div`.
template <std::size_t N>
struct size_constant : std::integral_constant<std::size_t, N> {};

/// `size_c<N>`: the value of type `size_constant<N>`.
template <std::size_t N>
inline constexpr size_constant<N> size_c{};

namespace detail {

/// An integer, which `bool` is not.
template <class T>
concept integer = std::integral<T> && !std::same_as<std::remove_cv_t<T>, bool>;

/// Whether an integer that is not negative is kept by a conversion to `std::size_t`.
template <class I>
constexpr bool fits_size(I n) noexcept {
  return static_cast<I>(static_cast<std::size_t>(n)) == n;
}

/// The number of a constant, n, where that fits: `size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value))`. A template of
/// whether it does and not of the constant, so that it is instantiated once for all constants.
template <bool Fits>
consteval std::size_t size_that_fits(std::size_t n) {
  static_assert(Fits, "commfold::size_constant: this constant does not fit std::size_t");
  return n;
}

/// A type with an integer `value`, not negative, to which it converts.
template <class T>
concept constant_integer = requires {
  requires integer<std::remove_cvref_t<decltype(T::value)>>;
  requires std::integral_constant<bool, (T::value >= 0)>::value;
} && std::convertible_to<T const&, std::size_t>;

}  // namespace detail

/// A type that is a non-negative number: `size_constant`, `std::integral_constant` of an integer type, `hana::size_t`, … (references and cv
/// removed).
template <class T>
concept static_size = !std::integral<std::remove_cvref_t<T>> && detail::constant_integer<std::remove_cvref_t<T>>;

/// What may stand where a size is wanted: a `static_size`, or any integer except `bool`.
template <class T>
concept size_like = detail::integer<std::remove_cvref_t<T>> || static_size<T>;

/// Compares by value: a negative integer equals no size. The compiler does not warn about different signs.
template <std::size_t N, detail::integer I>
[[nodiscard]] constexpr bool operator==(size_constant<N>, I n) noexcept {
  if constexpr (std::is_signed_v<I>)
    return n >= 0 && N == static_cast<std::make_unsigned_t<I>>(n);
  else
    return N == n;
}

/// Orders by value: a negative integer is below every size.
template <std::size_t N, detail::integer I>
[[nodiscard]] constexpr std::strong_ordering operator<=>(size_constant<N>, I n) noexcept {
  if constexpr (std::is_signed_v<I>)
    return n < 0 ? std::strong_ordering::greater : N <=> static_cast<std::make_unsigned_t<I>>(n);
  else
    return N <=> n;
}

}  // namespace commfold
