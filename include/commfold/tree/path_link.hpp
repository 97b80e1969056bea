// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/path_link.hpp
/// The path that a walk carries from node to child: `path_link`, or `no_path` where nobody asks for paths.

#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/path.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace commfold::detail {

/// The key of a map as a step of a path shows it.
template <class Key, class Text = paths::text_buffer>
[[nodiscard]] constexpr Text text_of_key(Key const& key) {
  Text text;
  if constexpr (std::convertible_to<Key const&, std::string_view>) {
    paths::append(text, "\"");
    paths::append(text, std::string_view(key));
    paths::append(text, "\"");
  } else if constexpr (std::same_as<Key, bool>) {
    paths::append(text, key ? "true" : "false");
  } else if constexpr (std::same_as<Key, char>) {
    char const quoted[] = {'\'', key, '\''};
    paths::append(text, std::string_view(quoted, 3));
  } else if constexpr (std::is_enum_v<Key>) {
    return text_of_key(static_cast<std::underlying_type_t<Key>>(key));
  } else if constexpr (std::integral<Key>) {
    if constexpr (std::is_signed_v<Key>)
      if (key < 0) paths::append(text, "-");
    paths::append(text, key < Key{} ? std::size_t{0} - static_cast<std::size_t>(key) : static_cast<std::size_t>(key));
  } else if constexpr (requires { paths::append(text, to_string(key)); }) {
    paths::append(text, to_string(key));
  } else {
    paths::append(text, "?");  // a key of any other kind has no spelling; the position tells
  }
  return text;
}

/// The path of a walk that needs none: it costs nothing.
struct no_path {
  constexpr no_path() = default;
  constexpr explicit no_path(char const*) {}

  template <class Node, std::size_t I>
  [[nodiscard]] constexpr no_path to_child() const {
    return {};
  }
  template <class Node, class Entry>
  [[nodiscard]] constexpr no_path to_entry(std::size_t, Entry const&) const {
    return {};
  }
};

/// A path while it grows: each level of the recursion holds its own step and points to the level above, so that no vector of steps is made
/// until somebody asks for the whole path.
class path_link {
 public:
  /// The root, of a walk on behalf of `verb`: errors on the way name it.
  constexpr explicit path_link(char const* verb = "") : verb_(verb) {}

  [[nodiscard]] constexpr char const* verb() const { return verb_; }

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
  constexpr path_link(path_link const* parent, std::size_t position) : verb_(parent->verb_), parent_(parent), position_(position) {}

  template <class Path>
  constexpr void append_to(Path& path) const {
    if (parent_ == nullptr) return;
    parent_->append_to(path);
    path.push_back({how_, position_, field_, key_});
  }

  char const* verb_;
  path_link const* parent_ = nullptr;
  path_step::by how_ = path_step::by::position;
  std::size_t position_ = 0;
  std::string_view field_;
  paths::text_buffer key_;
};

/// The path that a walk of some trees carries: one where f takes it, and where there are several trees, whose differences it locates.
template <bool WithPath, class... Others>
using walk_path = std::conditional_t<WithPath || sizeof...(Others) != 0, path_link, no_path>;

}  // namespace commfold::detail
