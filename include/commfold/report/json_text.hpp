// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/json_text.hpp
/// Names and numbers as JSON spells them.

#include <commfold/error.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/text/printable.hpp>
#include <commfold/text/utf8.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold::detail {

/// Appends the escape of JSON, in four hexadecimal digits, for a character of at most three bytes.
template <class Text, class View>
void append_json_escape(Text& to, View character) {
  auto const bits = [&](std::size_t i, unsigned mask) { return static_cast<unsigned char>(character[i]) & mask; };
  unsigned const code = character.size() == 1   ? bits(0, 0x7F)
                        : character.size() == 2 ? bits(0, 0x1F) << 6 | bits(1, 0x3F)
                                                : bits(0, 0x0F) << 12 | bits(1, 0x3F) << 6 | bits(2, 0x3F);
  to += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) to += "0123456789abcdef"[code >> shift & 15];
}

/// Appends a text in quotes, escaped: quotes, backslashes, and what a terminal would obey. `invalid_argument`, opened with the verb, where
/// the text is not UTF-8.
template <class Text, class View>
void append_json_string(Text& to, View text, char const* verb) {
  View const whole = text;
  to += '"';
  while (!text.empty()) {
    std::size_t const size = utf8_character(text);
    if (size == 0)
      fail<invalid_argument>("commfold::" + Text(verb) + ": the name '" + printable<Text>(whole) +
                             "' is not UTF-8, which JSON is written in; spell it in UTF-8");
    View const character = text.substr(0, size);
    if (is_control(character))
      append_json_escape(to, character);
    else if (character == View("\"", 1) || character == View("\\", 1))
      (to += '\\') += character;
    else
      to += character;
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
  /// A number whose key is a name that comes from outside.
  json_object& number_of_name(std::string_view name, std::size_t value) {
    line_ += line_.empty() ? "{" : ", ";
    append_json_string(line_, name, verb_);
    line_ += ": " + std::to_string(value);
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

  /// How a call divides among the ranks, for one that does: its root or peer, and the parts of its message.
  template <class Record>
  json_object& division_of(Record const& call) {
    if (call.root()) number("root", *call.root());
    if (call.peer()) number("peer", *call.peer());
    if (call.several()) json("several", "true");
    auto const parts = call.all_parts();
    if (!parts.were_kept) json("parts_kept", "false");
    numbers("input_parts", parts.input);
    numbers("output_parts", parts.output);
    return numbers("tensor_parts", parts.tensors);
  }

  [[nodiscard]] Text closed() const { return (line_.empty() ? "{" : line_) + "}"; }

 private:
  /// Nothing where there are none.
  template <class Numbers>
  json_object& numbers(std::string_view key, Numbers const& all) {
    if (all.empty()) return *this;
    Text list;
    for (auto const one : all) list += (list.empty() ? "[" : ", ") + std::to_string(one);
    return json(key, list + "]");
  }

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
