// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text/digits.hpp
/// A number as decimal digits. No user need name it: see `group_digits` and `format_bytes`.

#include <commfold/text/fixed_text.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::detail {

/// The longest: 20 digits and a separator after each three of them.
using digits_text = fixed_text<26>;

/// `digits(1048576)` is "1048576", `digits(1048576, ' ')` is "1 048 576".
constexpr digits_text digits(std::size_t n, char separator = '\0') {
  char text[26] = {};
  std::size_t first = 26;  // written from the last digit to the first
  for (int place = 0; place == 0 || n != 0; ++place, n /= 10) {
    if (separator != '\0' && place != 0 && place % 3 == 0) text[--first] = separator;
    text[--first] = static_cast<char>('0' + n % 10);
  }
  char const* const begin = text + first;
  return digits_text(std::string_view(begin, 26 - first));
}

}  // namespace commfold::detail
