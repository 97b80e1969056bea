// SPDX-License-Identifier: BSL-1.0
#pragma once
// What must hold of whatever is read.
#include <src/input_error.hpp>
#include <src/message.hpp>

#include <commfold/text/printable.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace fuzz {

inline void expect(bool holds, char const* what, std::string_view shown = {}) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n%.*s\n", what, static_cast<int>(shown.size()), shown.data());
  std::abort();
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size) { return {reinterpret_cast<char const*>(data), size}; }

inline void expect_printable(std::string_view line) {
  expect(commfold::detail::printable<std::string>(line) == line, "a line is what a terminal may be sent", line);
}

/// Lines that each end, and hold nothing that a terminal obeys.
inline void expect_printable_lines(std::string_view text) {
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    expect(end != text.npos, "the last line ends", text);
    expect_printable(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
}

/// Runs a reader of a text. What it refuses, it refuses in one short line that names the file.
template <class Read>
void read(std::string_view text, Read const& reader, std::string_view names) {
  try {
    reader();
    expect(text.find('\0') == text.npos, "no text goes on behind a byte 0", text);
  } catch (commfold::io::input_error const& error) {
    std::string_view const told = error.what();
    expect(told.size() <= commfold::io::longest_message, "an error is short", told);
    expect(told.starts_with(names), "an error names the file", told);
    expect_printable(told);
  }
}

}  // namespace fuzz
