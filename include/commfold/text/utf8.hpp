// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text/utf8.hpp
/// Where the characters of a UTF-8 text end.

#include <cstddef>

namespace commfold::detail {

/// The bytes of the UTF-8 character at the start of a text, or 0 where none is there: Unicode's table of well-formed sequences, which
/// leaves out surrogates, long spellings of short characters and what lies above U+10FFFF.
template <class View>
constexpr std::size_t utf8_character(View const& text) {
  auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  auto const continues = [&](std::size_t i, unsigned from = 0x80, unsigned to = 0xBF) { return from <= byte(i) && byte(i) <= to; };
  unsigned const first = byte(0);
  if (first < 0x80) return 1;
  if (0xC2 <= first && first <= 0xDF) return continues(1) ? 2 : 0;
  if (0xE0 <= first && first <= 0xEF) return continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && continues(2) ? 3 : 0;
  if (0xF0 <= first && first <= 0xF4)
    return continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && continues(2) && continues(3) ? 4 : 0;
  return 0;
}

}  // namespace commfold::detail
