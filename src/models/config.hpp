// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/models/config.hpp
/// Asks a configuration for numbers and switches, as a family's rules need them.

#include <src/json_file.hpp>
#include <src/models/tree.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace commfold::io {

/// "key 'hidden_size' must be positive, and is -1", with the place of the value.
[[noreturn]] void refuse_value(json_value const& value, std::string const& what);

/// The value of a key, or a null pointer where it is not given. To transformers a key whose value is null is not given.
[[nodiscard]] json_value const* find_given(json_value const& file, std::string_view key);
[[nodiscard]] json_value const& required_of(json_value const& file, std::string_view key);

/// Also the largest product of heads and their width, which is an extent of a tensor.
inline constexpr std::size_t largest_extent = std::size_t{1} << 40;
/// The calls of each layer are listed. No transformer has more of them, and none has more experts.
inline constexpr std::size_t most_layers = 100'000;

/// What transformers' class of a configuration sets a key to that a file leaves out.
struct class_default {
  std::string_view key;
  std::size_t value;
};

/// One object of a configuration. What is asked of it must be among the keys that its family lists, since the others are refused before
/// (`config_keys.hpp`): `std::logic_error` otherwise.
class config {
 public:
  /// `defaults` stand for keys that the file leaves out: transformers writes of a `text_config` what differs from its class alone.
  config(json_value const& file, std::span<std::string_view const> keys, std::span<class_default const> defaults)
      : file_(file), keys_(keys), defaults_(defaults) {}

  [[nodiscard]] json_value const* find(std::string_view key) const;
  [[nodiscard]] json_value const& required(std::string_view key) const;
  [[nodiscard]] json_value const& file() const noexcept { return file_; }

  /// A positive integer of at most `limit`. A file without it is refused, unless there is a default.
  [[nodiscard]] std::size_t number(std::string_view key, std::size_t limit = largest_extent) const;
  [[nodiscard]] std::size_t number_or(std::string_view key, std::size_t otherwise, std::size_t limit = largest_extent) const;
  /// An integer that may be 0.
  [[nodiscard]] std::size_t count_or(std::string_view key, std::size_t otherwise, std::size_t limit = largest_extent) const;
  [[nodiscard]] bool flag(std::string_view key, bool otherwise = false) const;
  [[nodiscard]] bool has_number(std::string_view key) const;

  /// Refuses the value of a key; the whole object where the key is not there.
  [[noreturn]] void refuse(std::string_view key, std::string const& what) const;
  /// Refuses a switch that is on: `what` is "is true: …".
  void expect_off(std::string_view key, std::string const& why) const;

 private:
  void expect_listed(std::string_view key) const;
  [[nodiscard]] class_default const* default_of(std::string_view key) const;

  json_value const& file_;
  std::span<std::string_view const> keys_;
  std::span<class_default const> defaults_;
};

/// What a family's class does without `num_key_value_heads`, and without `head_dim` (0: `hidden_size / num_attention_heads`).
struct head_rules {
  bool own_key_values = true;  ///< each head has its own keys and values; otherwise the key is required
  std::size_t width = 0;
  bool width_is_read = true;  ///< whether the family knows `head_dim` at all
};

/// Reads them. Refused are heads that do not divide, and a width that overflows the largest extent.
[[nodiscard]] heads read_heads(config const& c, head_rules const& rules = {});

}  // namespace commfold::io
