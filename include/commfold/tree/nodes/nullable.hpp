// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/nullable.hpp
/// Sequences of none or one: `std::optional` and pointers. Null has no children, so it weighs 0.

#include <commfold/tree/node_traits.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>

namespace commfold {

namespace detail {

/// What dereferences to its child and is false where it has none.
template <class Element>
struct maybe_node {
  using element = std::remove_cv_t<Element>;
  template <class Node>
  [[nodiscard]] static constexpr std::size_t count(Node& node) {
    return node ? 1 : 0;
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return node ? std::addressof(*node) : nullptr;
  }
};

/// What does not own its child, or may share it, maps to an optional.
template <class Element>
struct borrowed_node : maybe_node<Element> {
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr std::optional<U> make(Node& node, Next&& next) {
    if (node) return std::optional<U>(next());
    return std::nullopt;
  }
};

template <class T>
concept complete_object = std::is_object_v<T> && requires { sizeof(T); };

/// A pointer is a node only where there is something behind it to look at: `void*`, `char const*`, pointers to functions or to incomplete
/// types are leaves, like the handles they usually are.
template <class T>
consteval auto node_of_pointee() {
  if constexpr (!complete_object<T>)
    return std::type_identity<no_node>{};
  else if constexpr (kind_of<std::remove_cv_t<T>> == node_kind::opaque)
    return std::type_identity<no_node>{};
  else
    return std::type_identity<borrowed_node<T>>{};
}

}  // namespace detail

template <class T>
struct node_traits<std::optional<T>> : detail::borrowed_node<T> {};

template <class T>
struct node_traits<T*> : decltype(detail::node_of_pointee<T>())::type {};

template <class T>
struct node_traits<std::shared_ptr<T>> : detail::maybe_node<T> {
  template <class U, class Node, class Next>
  [[nodiscard]] static std::shared_ptr<U> make(Node& node, Next&& next) {
    return node ? std::make_shared<U>(next()) : nullptr;
  }
};

template <class T, class D>
struct node_traits<std::unique_ptr<T, D>> : detail::maybe_node<T> {
  template <class U, class Node, class Next>
  [[nodiscard]] static std::unique_ptr<U> make(Node& node, Next&& next) {
    return node ? std::make_unique<U>(next()) : nullptr;
  }
};

}  // namespace commfold
