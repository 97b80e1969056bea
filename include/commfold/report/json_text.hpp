// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/json_text.hpp
/// Names and numbers as JSON spells them.

#include <commfold/error.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <string>
#include <string_view>

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

/// Appends a text in quotes, escaped. `invalid_argument`, opened with the verb, where the text is not UTF-8.
template <class Text, class View>
void append_json_string(Text& to, View text, char const* verb) {
  View const whole = text;
  to += '"';
  while (!text.empty()) {
    std::size_t const size = utf8_character(text);
    if (size == 0)
      fail<invalid_argument>("commfold::" + Text(verb) + ": the name '" + Text(whole) +
                             "' is not UTF-8, which JSON is written in; spell it in UTF-8");
    unsigned char const c = static_cast<unsigned char>(text.front());
    if (c == '"' || c == '\\') {
      to += '\\';
      to += text.front();
    } else if (c < 0x20) {
      constexpr char const* digits = "0123456789abcdef";
      to += "\\u00";
      to += digits[c >> 4];
      to += digits[c & 15];
    } else {
      to += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
  to += '"';
}

/// One object on one line, written member by member. Refusals open with `commfold::` and the verb.
template <class Text>
class json_object {
 public:
  explicit json_object(char const* verb) : verb_(verb) {}

  json_object& text(std::string_view key, std::string_view value) {
    begin(key);
    append_json_string(line_, value, verb_);
    return *this;
  }
  json_object& number(std::string_view key, std::size_t value) {
    begin(key);
    line_ += std::to_string(value);
    return *this;
  }
  /// A member whose value is JSON already.
  json_object& json(std::string_view key, std::string_view value) {
    begin(key);
    line_ += value;
    return *this;
  }

  /// All of a call but its bytes.
  template <class Record>
  json_object& names_of(Record const& call) {
    text("operator", call.op()).text("group", call.group()).number("group_size", call.group_size()).text("phase", call.phase());
    return call.dtype() ? text("dtype", name(*call.dtype())) : json("dtype", "null");
  }
  template <class Totals>
  json_object& bytes_of(Totals const& totals) {
    return number("input_bytes", totals.input_bytes)
        .number("output_bytes", totals.output_bytes)
        .number("message_bytes", totals.message_bytes);
  }

  [[nodiscard]] Text closed() const { return (line_.empty() ? "{" : line_) + "}"; }

 private:
  void begin(std::string_view key) {
    line_ += line_.empty() ? "{\"" : ", \"";
    line_ += key;  // a literal of this library, without characters to escape
    line_ += "\": ";
  }

  char const* verb_;
  Text line_;
};

/// `[` elements, one a line, `]`.
template <class Text>
class json_lines {
 public:
  void add(Text const& element) {
    lines_ += lines_.empty() ? "\n    " : ",\n    ";
    lines_ += element;
  }
  void add(json_lines const& more) {
    if (!lines_.empty() && !more.lines_.empty()) lines_ += ',';
    lines_ += more.lines_;
  }
  [[nodiscard]] Text closed() const { return "[" + lines_ + (lines_.empty() ? "]" : "\n  ]"); }

 private:
  Text lines_;
};

}  // namespace commfold::detail
