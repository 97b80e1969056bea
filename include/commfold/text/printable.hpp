// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text/printable.hpp
/// A name as a person may see it: within one line, and without what a terminal obeys.

#include <commfold/text/utf8.hpp>

#include <cstddef>

namespace commfold::detail {

/// Whether a well-formed UTF-8 character is not to be seen but obeyed: the controls of ASCII and of ISO 6429, separators of lines and
/// paragraphs, and what changes the direction of the text around it, with which a name could show itself as another.
template <class View>
constexpr bool is_control(View const& character) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
  if (character.size() == 2) return (byte(0) == 0xC2 && byte(1) < 0xA0) || (byte(0) == 0xD8 && byte(1) == 0x9C);
  if (character.size() != 3 || byte(0) != 0xE2) return false;
  if (byte(1) == 0x80) return byte(2) == 0x8E || byte(2) == 0x8F || (0xA8 <= byte(2) && byte(2) <= 0xAE);
  return byte(1) == 0x81 && 0xA6 <= byte(2) && byte(2) <= 0xA9;
}

/// The text with the escapes of C, as for a line break, in the place of such characters, byte by byte, and of bytes that are no UTF-8. A
/// backslash stays as it is: this is for reading, and cannot be undone.
template <class Text, class View>
Text printable(View text) {
  constexpr char const* digits = "0123456789abcdef";
  Text shown;
  while (!text.empty()) {
    std::size_t const size = utf8_character(text);
    View const character = text.substr(0, size == 0 ? 1 : size);
    text.remove_prefix(character.size());
    if (size != 0 && !is_control(character)) {
      shown += character;
      continue;
    }
    for (char const c : character) {
      shown += '\\';
      if (c == '\n' || c == '\r' || c == '\t') {
        shown += c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
      } else {
        unsigned char const byte = static_cast<unsigned char>(c);
        shown += 'x';
        shown += digits[byte >> 4];
        shown += digits[byte & 15];
      }
    }
  }
  return shown;
}

}  // namespace commfold::detail
