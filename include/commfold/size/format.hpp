// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size/format.hpp
/// Sizes as a report prints them: exactly, and readably.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold {
namespace detail {

/// Characters in place: usable in constant expressions, where libstdc++ 12's `std::string` is not on every compiler.
template <std::size_t Capacity>
struct bounded_text {
  char data[Capacity] = {};
  std::size_t size = 0;

  /// A text that does not fit is an error: nothing is cut in silence.
  constexpr void append(char c) {
    if (size == Capacity) fail<invalid_argument>("commfold: a text of more than " + std::to_string(Capacity) + " characters");
    data[size++] = c;
  }
  constexpr void append(std::string_view s) {
    for (char const c : s) append(c);
  }
  constexpr void append_number(std::size_t n, bool grouped) {
    char digits[32] = {};
    int count = 0;
    for (int place = 0; place == 0 || n != 0; ++place, n /= 10) {
      if (grouped && place != 0 && place % 3 == 0) digits[count++] = ' ';
      digits[count++] = static_cast<char>('0' + n % 10);
    }
    while (count != 0) append(digits[--count]);
  }
  constexpr operator std::string_view() const { return {data, size}; }
};

using size_text = bounded_text<64>;

template <class Text>
constexpr void append_in_binary_units(Text& text, std::size_t n) {
  constexpr int last = sizeof(std::size_t) == 8 ? 5 : 2;
  int unit = 0;
  while (unit < last && (n >> (10 * (unit + 1))) >= 1024) ++unit;
  for (;;) {
    int const shift = 10 * (unit + 1);
    std::size_t const rest = n & ((std::size_t{1} << shift) - 1);
    // Half of the unit is added before the division, so that a tie rounds up.
    unsigned long long const half = 1ULL << (shift - 1);
    std::size_t const tenths = (n >> shift) * 10 + static_cast<std::size_t>((rest * 10ULL + half) >> shift);
    // 1023.96 KiB rounds to 1024.0 KiB, which is called 1.0 MiB.
    if (tenths >= 10240 && unit < last) {
      ++unit;
      continue;
    }
    text.append_number(tenths / 10, false);
    text.append('.');
    text.append(static_cast<char>('0' + tenths % 10));
    text.append(' ');
    text.append("KMGTPE"[unit]);
    text.append("iB");
    return;
  }
}

constexpr size_text digits_text(std::size_t n) {
  size_text text;
  text.append_number(n, true);
  return text;
}

template <class Text>
constexpr void append_bytes(Text& text, std::size_t n) {
  text.append_number(n, true);
  text.append(" B");
  if (n >= 1024) {
    text.append(" (");
    append_in_binary_units(text, n);
    text.append(')');
  }
}

constexpr size_text bytes_text(std::size_t n) {
  size_text text;
  append_bytes(text, n);
  return text;
}

struct group_digits_fn {
  template <size_like N>
  [[nodiscard]] std::string operator()(N const& n) const {
    return std::string(std::string_view(digits_text(to_size(n, "commfold::group_digits"))));
  }
};

struct format_bytes_fn {
  template <size_like N>
  [[nodiscard]] std::string operator()(N const& n) const {
    return std::string(std::string_view(bytes_text(to_size(n, "commfold::format_bytes"))));
  }
};

}  // namespace detail

/// `group_digits(141107412992)` is `"141 107 412 992"`. A negative integer is an `invalid_argument`.
inline constexpr detail::group_digits_fn group_digits{};

/// `format_bytes(141107412992)` is `"141 107 412 992 B (131.4 GiB)"`; below 1 KiB it is exact alone, `"512 B"`. The binary unit is rounded
/// to one decimal, ties up, and never reads 1024.0. A negative integer is an `invalid_argument`.
inline constexpr detail::format_bytes_fn format_bytes{};

}  // namespace commfold
