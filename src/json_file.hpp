// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/json_file.hpp
/// A JSON file whose values know where they stand, so that what is wrong with one can be told with its line and column.

#include <src/input_error.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace commfold::io {

/// At most 40 characters of a text of any length, for messages.
[[nodiscard]] std::string shortened(std::string text);

/// Both from 1. A column is a character, not a byte.
struct place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

namespace detail {

/// What all values of a file share. Keys are kept once, since a file of ten thousand calls has ten keys.
struct json_names {
  std::string file;
  std::set<std::string, std::less<>> keys;
};

class json_reader;

}  // namespace detail

/// One value of a file. Every accessor refuses, as `input_error`, a value of another kind: "FILE:LINE:COLUMN: 'calls' must be …, and is
/// -1". It lives as long as its `json_file`.
class json_value {
 public:
  /// Throws "FILE:LINE:COLUMN: what", with the place where this value begins.
  [[noreturn]] void refuse(std::string const& what) const;

  /// Throws the same with the place of the key that this value stands under.
  [[noreturn]] void refuse_key(std::string const& what) const;

  [[nodiscard]] place where() const noexcept { return at_; }
  /// The key that it stands under; empty for an element and for the whole file.
  [[nodiscard]] std::string_view key() const noexcept { return key_ != nullptr ? std::string_view(*key_) : std::string_view(); }

  [[nodiscard]] bool is_null() const noexcept { return std::holds_alternative<std::monostate>(held_); }
  /// True of a number without a fraction and an exponent, whatever its sign and size.
  [[nodiscard]] bool is_integer() const noexcept;
  /// As it is written in the file, cut after 40 characters: how messages show it. "an array" and "an object" for these.
  [[nodiscard]] std::string spelled() const;

  /// Exact: what is written with a sign, a fraction or an exponent is refused, and what does not fit 64 bits, too.
  [[nodiscard]] std::size_t unsigned_integer() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::string const& text() const;
  [[nodiscard]] std::span<json_value const> elements() const;  ///< of an array

  /// The value under a key of an object, or null where the key is not there; a JSON null is a value.
  [[nodiscard]] json_value const* find(std::string_view key) const;
  [[nodiscard]] json_value const& required(std::string_view key) const;
  [[nodiscard]] std::span<json_value const> members() const;
  void refuse_unknown_keys(std::initializer_list<std::string_view> known) const;

 private:
  friend class detail::json_reader;

  struct number_as_written {
    std::string text;  // not an unsigned integer of 64 bits
  };
  struct array {
    std::vector<json_value> elements;
  };
  struct object {
    std::vector<json_value> members;
  };

  [[noreturn]] void refuse_kind(char const* wanted) const;

  detail::json_names const* names_ = nullptr;
  std::string const* key_ = nullptr;
  place key_at_, at_;
  std::variant<std::monostate, bool, std::uint64_t, number_as_written, std::string, array, object> held_;
};

/// A file that is JSON, by RFC 8259, and gives no key of an object twice.
class json_file {
 public:
  /// `input_error`, "FILE: reason" where it cannot be read and "FILE:LINE:COLUMN: reason" where it is no JSON.
  explicit json_file(std::string const& path);
  /// The same of a text that is there already; `path` is what complaints call it.
  json_file(std::string path, std::string_view text);

  [[nodiscard]] json_value const& root() const noexcept { return root_; }

 private:
  std::unique_ptr<detail::json_names> names_;
  json_value root_;
};

}  // namespace commfold::io
