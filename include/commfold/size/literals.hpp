// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size/literals.hpp
/// Sizes as one writes them: `450_GB` is decimal, `131_GiB` is binary.

#include <commfold/size/arithmetic.hpp>

#include <cstddef>

namespace commfold {
namespace detail {

/// The value of an integer literal from its characters, in any base, with separators. Does not fit where it is no integer.
template <std::size_t N>
constexpr size_result parse_literal(char const (&spelled)[N]) noexcept {
  std::size_t base = 10;
  std::size_t i = 0;
  if (spelled[0] == '0' && N > 2) {
    bool const hex = spelled[1] == 'x' || spelled[1] == 'X';
    bool const binary = spelled[1] == 'b' || spelled[1] == 'B';
    base = hex ? 16 : binary ? 2 : 8;
    i = hex || binary ? 2 : 1;
  }
  size_result r;
  bool fits = true;
  for (; spelled[i] != '\0'; ++i) {
    char const c = spelled[i];
    if (c == '\'') continue;
    int const digit = c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
    // A '.' or an exponent: no integer.
    if (digit < 0 || static_cast<std::size_t>(digit) >= base) return {0, false};
    size_result const shifted = try_multiply(r.value, base);
    r = try_add(shifted.value, static_cast<std::size_t>(digit));
    fits = fits && shifted.fits && r.fits;
  }
  return {r.value, fits};
}

/// A unit may be larger than any size, as a terabyte is where `std::size_t` has 32 bits.
template <unsigned long long Unit, char... C>
consteval std::size_t literal() {
  constexpr size_result count = parse_literal<sizeof...(C) + 1>({C..., '\0'});
  constexpr size_result bytes =
      fits_size(Unit) ? try_multiply(count.value, static_cast<std::size_t>(Unit)) : size_result{0, count.value == 0};
  static_assert(count.fits && bytes.fits, "commfold::literals: this is no integer that fits std::size_t in bytes");
  return bytes.value;
}

}  // namespace detail

/// `using namespace commfold::literals;`. Each is a `std::size_t` in bytes, computed while compiling; one that does not fit, or is no
/// integer, is a compile error.
namespace literals {

// clang-format off
template <char... C> consteval std::size_t operator""_B() { return detail::literal<1, C...>(); }
/// 1 KB = 1000 B, 1 MB = 1000 KB, …
template <char... C> consteval std::size_t operator""_KB() { return detail::literal<1'000, C...>(); }
template <char... C> consteval std::size_t operator""_MB() { return detail::literal<1'000'000, C...>(); }
template <char... C> consteval std::size_t operator""_GB() { return detail::literal<1'000'000'000, C...>(); }
template <char... C> consteval std::size_t operator""_TB() { return detail::literal<1'000'000'000'000, C...>(); }
/// 1 KiB = 1024 B, 1 MiB = 1024 KiB, …
template <char... C> consteval std::size_t operator""_KiB() { return detail::literal<1ULL << 10, C...>(); }
template <char... C> consteval std::size_t operator""_MiB() { return detail::literal<1ULL << 20, C...>(); }
template <char... C> consteval std::size_t operator""_GiB() { return detail::literal<1ULL << 30, C...>(); }
template <char... C> consteval std::size_t operator""_TiB() { return detail::literal<1ULL << 40, C...>(); }
// clang-format on

}  // namespace literals
}  // namespace commfold
