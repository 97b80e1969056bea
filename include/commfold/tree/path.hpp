// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/path.hpp
/// Where in a tree something is: `layers[3].wq`.

#include <commfold/tree/node_traits.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold {

namespace detail {

// What touches a vector here is a template, so that vectors of characters and steps are instantiated for those who ask for paths and not
// for all who include this.

// Text that constant expressions can build: std::string cannot be one there with the libstdc++ of g++ 12.
using text_buffer = std::vector<char>;

template <class Text>
constexpr void append(Text& text, std::string_view more) {
  text.insert(text.end(), more.begin(), more.end());
}

template <class Text>
constexpr void append(Text& text, std::size_t n) {
  char digits[20] = {};
  std::size_t at = 20;
  do {
    digits[--at] = static_cast<char>('0' + n % 10);
    n /= 10;
  } while (n != 0);
  append(text, std::string_view(digits + at, 20 - at));
}

template <class Text>
constexpr std::string_view view_of(Text const& text) {
  return {text.data(), text.size()};
}

}  // namespace detail

/// One step from a node to a child: by the name of a field, by position, by the key of a map, or to the alternative that a choice holds.
struct path_step {
  enum class by : unsigned char { field, position, key, alternative };

  by how = by::position;
  std::size_t position = 0;  ///< among the children, whatever the step is named by
  std::string_view field;    ///< the name, where the step is by field
  detail::text_buffer key;   ///< as text, where the step is by key: a string or character in quotes, a number, a bool, else its to_string

  friend constexpr bool operator==(path_step const&, path_step const&) = default;
};

/// The steps from the root of a tree to a node or leaf. The root's own path is empty. Users write `tree_path`.
template <class Step>
class basic_tree_path {
 public:
  constexpr basic_tree_path() = default;

  [[nodiscard]] constexpr bool empty() const { return steps_.empty(); }
  [[nodiscard]] constexpr std::size_t size() const { return steps_.size(); }
  [[nodiscard]] constexpr Step const& operator[](std::size_t i) const { return steps_[i]; }
  [[nodiscard]] constexpr auto begin() const { return steps_.begin(); }
  [[nodiscard]] constexpr auto end() const { return steps_.end(); }
  constexpr void push_back(Step step) { steps_.push_back(std::move(step)); }

  friend constexpr bool operator==(basic_tree_path const&, basic_tree_path const&) = default;

  /// A path equals the text it prints as: `path == "layers[3].wq"`.
  friend constexpr bool operator==(basic_tree_path const& path, std::string_view text) { return detail::view_of(path.spelled()) == text; }

  /// `layers[3].wq`, `["embed"].weight`, `expert<1>.w` under the second alternative of a choice; the root is `(root)`.
  friend std::string to_string(basic_tree_path const& path) { return std::string(detail::view_of(path.spelled())); }

 private:
  [[nodiscard]] constexpr auto spelled() const {
    decltype(Step::key) text;
    for (Step const& step : steps_) {
      if (step.how == Step::by::field) {
        if (!text.empty()) text.push_back('.');
        detail::append(text, step.field);
      } else {
        bool const chosen = step.how == Step::by::alternative;
        text.push_back(chosen ? '<' : '[');
        if (step.how == Step::by::key)
          detail::append(text, detail::view_of(step.key));
        else
          detail::append(text, step.position);
        text.push_back(chosen ? '>' : ']');
      }
    }
    if (steps_.empty()) detail::append(text, "(root)");
    return text;
  }

  std::vector<Step> steps_;
};

using tree_path = basic_tree_path<path_step>;

namespace detail {

template <class Key, class Text = text_buffer>
constexpr Text text_of_key(Key const& key) {
  Text text;
  if constexpr (std::convertible_to<Key const&, std::string_view>) {
    append(text, "\"");
    append(text, std::string_view(key));
    append(text, "\"");
  } else if constexpr (std::same_as<Key, bool>) {
    append(text, key ? "true" : "false");
  } else if constexpr (std::same_as<Key, char>) {
    char const quoted[] = {'\'', key, '\''};
    append(text, std::string_view(quoted, 3));
  } else if constexpr (std::is_enum_v<Key>) {
    return text_of_key(static_cast<std::underlying_type_t<Key>>(key));
  } else if constexpr (std::integral<Key>) {
    if constexpr (std::is_signed_v<Key>)
      if (key < 0) append(text, "-");
    append(text, key < Key{} ? std::size_t{0} - static_cast<std::size_t>(key) : static_cast<std::size_t>(key));
  } else if constexpr (requires { append(text, to_string(key)); }) {
    append(text, to_string(key));
  } else {
    append(text, "?");  // a key of any other kind has no spelling; the position tells
  }
  return text;
}

/// A path that is not wanted: it costs nothing.
struct no_path {
  template <class Node, std::size_t I>
  [[nodiscard]] constexpr no_path to_child() const {
    return {};
  }
  template <class Node, class Entry>
  [[nodiscard]] constexpr no_path to_entry(std::size_t, Entry const&) const {
    return {};
  }
};

/// A path under construction: each level of the recursion keeps its own step and points to the level above, so nothing is allocated until
/// somebody asks for the whole.
class path_link {
 public:
  constexpr path_link() = default;

  template <class Node, std::size_t I>
  [[nodiscard]] constexpr path_link to_child() const {
    if constexpr (interchangeable_leaves<Node>) return *this;
    path_link link(this, I);
    if constexpr (keyed_product<Node>) {
      link.how_ = path_step::by::field;
      link.field_ = node_traits_of<Node>::keys()[I];
    } else if constexpr (choice_node<Node>) {
      link.how_ = path_step::by::alternative;
    }
    return link;
  }

  template <class Node, class Entry>
  [[nodiscard]] constexpr path_link to_entry(std::size_t position, Entry const& entry) const {
    path_link link(this, position);
    if constexpr (requires { node_traits_of<Node>::key(entry); }) {
      link.how_ = path_step::by::key;
      link.key_ = text_of_key(node_traits_of<Node>::key(entry));
    }
    return link;
  }

  template <class Path = tree_path>
  [[nodiscard]] constexpr Path whole() const {
    Path path;
    append_to(path);
    return path;
  }

 private:
  constexpr path_link(path_link const* parent, std::size_t position) : parent_(parent), position_(position) {}

  template <class Path>
  constexpr void append_to(Path& path) const {
    if (parent_ == nullptr) return;
    parent_->append_to(path);
    path.push_back({how_, position_, field_, key_});
  }

  path_link const* parent_ = nullptr;
  path_step::by how_ = path_step::by::position;
  std::size_t position_ = 0;
  std::string_view field_;
  text_buffer key_;
};

}  // namespace detail
}  // namespace commfold
