// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size/format.hpp
/// Sizes as a report prints them: exactly, and readably.

#include <commfold/size/arithmetic.hpp>
#include <commfold/text/digits.hpp>
#include <commfold/text/fixed_text.hpp>

#include <cstddef>
#include <string>

namespace commfold {
namespace detail {

/// Long enough for 20 digits with separators and an amount in a binary unit.
using bytes_text = fixed_text<48>;

/// "131.4 GiB" for 141107412992: in the largest unit that does not exceed n. n is at least 1024.
constexpr void append_in_binary_units(bytes_text& text, std::size_t n) {
  constexpr int last = sizeof(std::size_t) == 8 ? 5 : 2;
  int unit = 0;
  while (unit < last && (n >> (10 * (unit + 1))) >= 1024) ++unit;
  auto const tenths_of_unit = [&] {
    int const shift = 10 * (unit + 1);
    std::size_t const rest = n & ((std::size_t{1} << shift) - 1);
    // Half of a tenth is added before the division, so that a tie rounds up.
    unsigned long long const half = 1ULL << (shift - 1);
    return (n >> shift) * 10 + static_cast<std::size_t>((rest * 10ULL + half) >> shift);
  };
  std::size_t tenths = tenths_of_unit();
  // 1023.96 KiB rounds to 1024.0 KiB, which is called 1.0 MiB.
  if (tenths >= 10240 && unit < last) {
    ++unit;
    tenths = tenths_of_unit();
  }
  text.append(digits(tenths / 10).view());
  text.append('.');
  text.append(static_cast<char>('0' + tenths % 10));
  text.append(' ');
  text.append("KMGTPE"[unit]);
  text.append("iB");
}

/// The text of `format_bytes`, for constant expressions too.
constexpr bytes_text text_of_bytes(std::size_t n) {
  bytes_text text(digits(n, ' ').view());
  text.append(" B");
  if (n >= 1024) {
    text.append(" (");
    append_in_binary_units(text, n);
    text.append(')');
  }
  return text;
}

struct group_digits_fn {
  template <size_like N>
  [[nodiscard]] std::string operator()(N const& n) const {
    return std::string(digits(to_size(n, "commfold::group_digits"), ' ').view());
  }
};

struct format_bytes_fn {
  template <size_like N>
  [[nodiscard]] std::string operator()(N const& n) const {
    return std::string(text_of_bytes(to_size(n, "commfold::format_bytes")).view());
  }
};

}  // namespace detail

/// `group_digits(141107412992)` is `"141 107 412 992"`. A negative integer is an `invalid_argument`.
inline constexpr detail::group_digits_fn group_digits{};

/// `format_bytes(141107412992)` is `"141 107 412 992 B (131.4 GiB)"`; below 1 KiB it is exact alone, `"512 B"`. The binary unit is rounded
/// to one decimal, ties up, and never reads 1024.0. A negative integer is an `invalid_argument`.
inline constexpr detail::format_bytes_fn format_bytes{};

}  // namespace commfold
