// SPDX-License-Identifier: BSL-1.0
#include <src/models/config.hpp>

#include <src/whole_number.hpp>

#include <algorithm>
#include <stdexcept>

namespace commfold::io {

namespace {

std::size_t number_of(json_value const& value, std::size_t limit) {
  whole_number const n(value.number());
  if (!n.is_one) refuse_value(value, "must be an integer, and is " + value.spelled());
  if (!n.is_positive) refuse_value(value, "must be positive, and is " + value.spelled());
  if (!n.fits || n.value > limit) refuse_value(value, "must be at most " + std::to_string(limit) + ", and is " + value.spelled());
  return n.value;
}

}  // namespace

void refuse_value(json_value const& value, std::string const& what) { value.refuse("key '" + std::string(value.key()) + "' " + what); }

json_value const* find_given(json_value const& file, std::string_view key) {
  json_value const* const value = file.find(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

json_value const& required_of(json_value const& file, std::string_view key) {
  if (json_value const* const value = find_given(file, key)) return *value;
  file.refuse("the key '" + std::string(key) + "' is missing");
}

void config::expect_listed(std::string_view key) const {
  if (std::find(keys_.begin(), keys_.end(), key) == keys_.end())
    throw std::logic_error("the family does not list the key '" + std::string(key) + "', which it reads");
}

class_default const* config::default_of(std::string_view key) const {
  auto const found = std::find_if(defaults_.begin(), defaults_.end(), [&](class_default const& d) { return d.key == key; });
  return found == defaults_.end() ? nullptr : &*found;
}

json_value const* config::find(std::string_view key) const {
  expect_listed(key);
  return find_given(file_, key);
}

json_value const& config::required(std::string_view key) const {
  expect_listed(key);
  return required_of(file_, key);
}

bool config::has_number(std::string_view key) const { return find(key) != nullptr || default_of(key) != nullptr; }

std::size_t config::number(std::string_view key, std::size_t limit) const {
  if (class_default const* const otherwise = default_of(key); otherwise != nullptr && find(key) == nullptr) return otherwise->value;
  return number_of(required(key), limit);
}

std::size_t config::number_or(std::string_view key, std::size_t otherwise, std::size_t limit) const {
  return has_number(key) ? number(key, limit) : otherwise;
}

std::size_t config::count_or(std::string_view key, std::size_t otherwise, std::size_t limit) const {
  json_value const* const value = find(key);
  if (value == nullptr) return otherwise;
  whole_number const n(value->number());
  return n.is_one && n.fits && n.value == 0 ? 0 : number_of(*value, limit);
}

bool config::flag(std::string_view key, bool otherwise) const {
  json_value const* const value = find(key);
  return value != nullptr ? value->boolean() : otherwise;
}

void config::refuse(std::string_view key, std::string const& what) const {
  if (json_value const* const value = find(key)) refuse_value(*value, what);
  file_.refuse("key '" + std::string(key) + "' " + what);
}

void config::expect_off(std::string_view key, std::string const& why) const {
  if (flag(key)) refuse(key, "is true: " + why);
}

heads read_heads(config const& c, head_rules const& rules) {
  heads h;
  h.query = c.number("num_attention_heads");
  h.key_value = rules.own_key_values ? c.number_or("num_key_value_heads", h.query) : c.number("num_key_value_heads");
  std::string const of_query = std::to_string(h.query);
  if (h.query % h.key_value != 0)
    c.refuse("num_key_value_heads", std::to_string(h.key_value) + " does not divide num_attention_heads " + of_query);
  if (rules.width != 0 || (rules.width_is_read && c.has_number("head_dim"))) {
    h.width = c.number_or("head_dim", rules.width);
  } else {
    std::size_t const hidden = c.number("hidden_size");
    if (hidden % h.query != 0) c.refuse("num_attention_heads", of_query + " does not divide hidden_size " + std::to_string(hidden));
    h.width = hidden / h.query;
  }
  if (h.width > largest_extent / h.query)
    c.refuse("head_dim", std::to_string(h.width) + " times num_attention_heads " + of_query + " overflows the largest extent, " +
                             std::to_string(largest_extent));
  h.value_width = h.width;
  return h;
}

}  // namespace commfold::io
