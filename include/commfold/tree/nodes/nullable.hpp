// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/nullable.hpp
/// Sequences of no child or one: `std::optional` and pointers. Null has no child, so it weighs 0.

#include <commfold/tree/node_traits.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>

namespace commfold {

namespace detail {

/// A type that dereferences to its child and is false where it has none.
template <class Element>
struct nullable_node {
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

/// A nullable node that maps to a `std::optional`: an optional, and a raw pointer, which does not own its child.
template <class Element>
struct optional_node : nullable_node<Element> {
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr std::optional<U> make(Node& node, Next&& next) {
    if (node) return std::optional<U>(next());
    return std::nullopt;
  }
};

template <class T>
concept complete_object = std::is_object_v<T> && requires { sizeof(T); };

/// A raw pointer is a node only where what it points to holds something to look at. `void*`, `char const*` and pointers to functions or to
/// incomplete types are leaves: they are usually handles or strings.
template <class T>
consteval auto node_of_pointee() {
  if constexpr (!complete_object<T>)
    return std::type_identity<no_node>{};
  else if constexpr (kind_of<std::remove_cv_t<T>> == node_kind::opaque)
    return std::type_identity<no_node>{};
  else
    return std::type_identity<optional_node<T>>{};
}

}  // namespace detail

template <class T>
struct node_traits<std::optional<T>> : detail::optional_node<T> {};

template <class T>
struct node_traits<T*> : decltype(detail::node_of_pointee<T>())::type {};

template <class T>
struct node_traits<std::shared_ptr<T>> : detail::nullable_node<T> {
  template <class U, class Node, class Next>
  [[nodiscard]] static std::shared_ptr<U> make(Node& node, Next&& next) {
    return node ? std::make_shared<U>(next()) : nullptr;
  }
};

template <class T, class D>
struct node_traits<std::unique_ptr<T, D>> : detail::nullable_node<T> {
  template <class U, class Node, class Next>
  [[nodiscard]] static std::unique_ptr<U> make(Node& node, Next&& next) {
    return node ? std::make_unique<U>(next()) : nullptr;
  }
};

}  // namespace commfold
