// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/json_file.hpp
/// A JSON file whose values know their line and column, so that messages about them can say where they stand.

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

/// A place in a file, counted from 1. A column is a character, not a byte.
struct place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

namespace detail {

/// What all values of a file share. Each key is kept once, since a file of ten thousand calls has ten different keys.
struct json_names {
  std::string file;
  std::set<std::string, std::less<>> keys;
};

class json_reader;

}  // namespace detail

/// One value of a file, which lives as long as its `json_file`. Every accessor throws `input_error` for a value of another kind:
/// "FILE:LINE:COLUMN: 'calls' must be …, and is -1".
class json_value {
 public:
  /// "FILE:LINE:COLUMN: what", with the place where this value begins.
  [[nodiscard]] std::string told(std::string_view what) const;
  /// Throws that.
  [[noreturn]] void refuse(std::string const& what) const;

  /// Throws "FILE:LINE:COLUMN: what", with the place of the key of this value.
  [[noreturn]] void refuse_key(std::string const& what) const;

  [[nodiscard]] place where() const noexcept { return at_; }
  /// The key of a member of an object; empty for an element of an array and for the whole file.
  [[nodiscard]] std::string_view key() const noexcept { return key_ != nullptr ? std::string_view(*key_) : std::string_view(); }

  [[nodiscard]] bool is_null() const noexcept { return std::holds_alternative<std::monostate>(held_); }
  /// True of null, false and 0, and of a text, an array and an object that hold nothing: what switches a thing off, or leaves it out.
  [[nodiscard]] bool is_nothing() const noexcept;
  [[nodiscard]] bool is_object() const noexcept { return std::holds_alternative<object>(held_); }
  /// True of an array and of an object.
  [[nodiscard]] bool has_parts() const noexcept { return std::holds_alternative<array>(held_) || std::holds_alternative<object>(held_); }
  /// A number as it is written; empty for what is no number.
  [[nodiscard]] std::string number() const;
  /// How messages show the value: as it is written in the file, cut to 40 characters; "an array" and "an object" for these.
  [[nodiscard]] std::string spelled() const;

  /// Exact: a number is refused that has a sign, a fraction or an exponent, or does not fit `std::size_t`.
  [[nodiscard]] std::size_t unsigned_integer() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::string const& text() const;
  [[nodiscard]] std::span<json_value const> elements() const;  ///< of an array

  /// The value of a key of an object, or a null pointer where the object has no such key. A JSON null is a value.
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

  [[noreturn]] void refuse_kind(std::string const& wanted) const;

  detail::json_names const* names_ = nullptr;
  std::string const* key_ = nullptr;
  place key_at_, at_;
  std::variant<std::monostate, bool, std::uint64_t, number_as_written, std::string, array, object> held_;
};

/// A file of JSON as RFC 8259 defines it, in which no object has a key twice. The words `NaN`, `Infinity` and `-Infinity`, which Python
/// writes, are numbers that no accessor returns: a file may hold them under keys that nobody asks for.
class json_file {
 public:
  /// Of the standard input for `-`. `input_error`, "FILE: reason" where it cannot be read and "FILE:LINE:COLUMN: reason" where it is no
  /// JSON.
  explicit json_file(std::string const& path);
  /// A text that is in memory already. Messages name the path.
  json_file(std::string path, std::string_view text);

  [[nodiscard]] json_value const& root() const noexcept { return root_; }

 private:
  std::unique_ptr<detail::json_names> names_;
  json_value root_;
};

}  // namespace commfold::io
