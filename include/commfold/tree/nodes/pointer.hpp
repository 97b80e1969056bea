// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/pointer.hpp
/// Sequences of no child or one: what all of them share, smart pointers, known by what they offer, and `std::reference_wrapper`.

#include <commfold/size/size_constant.hpp>
#include <commfold/tree/nodes/range.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace commfold::detail {

// Addresses are taken by the builtin: std::addressof is in <memory>, which is otherwise not needed to know a smart pointer.

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
    return node ? __builtin_addressof(*node) : nullptr;
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

/// `boost::optional` and others like `std::optional`.
template <class T>
concept optional_class = requires(T const& value) {
  static_cast<bool>(value);
  *value;
  value.value();
} && !requires(T const& value) { value.error(); };

template <class T>
struct class_optional_node : optional_node<typename T::value_type> {
  static constexpr bool may_hold_more = !is_template_of<T, typename T::value_type>;
};

/// Smart pointers, to one object or to an array.
template <class T>
concept pointer_class = requires(T const& pointer) {
  typename T::element_type;
  static_cast<bool>(pointer);
  { pointer.get() } -> std::convertible_to<typename T::element_type const*>;
};
template <class T>
concept array_pointer_class = pointer_class<T> && !requires(T const& pointer) {
  { *pointer } -> std::convertible_to<typename T::element_type const&>;
};

/// A smart pointer of the same template to a new `U`; an optional where the template cannot make one.
template <class T, class U>
struct rebound_pointer {
  static constexpr std::optional<U> of(U&& u) { return std::optional<U>(static_cast<U&&>(u)); }
  static constexpr std::optional<U> null() { return std::nullopt; }
};
template <template <class...> class P, class T, class... Rest, class U>
  requires std::is_constructible_v<P<U>, U*>
struct rebound_pointer<P<T, Rest...>, U> {
  static constexpr P<U> of(U&& u) { return P<U>(new U(static_cast<U&&>(u))); }
  static constexpr P<U> null() { return P<U>(); }
};

/// A smart pointer maps to a smart pointer.
template <class T>
struct pointer_node : nullable_node<typename T::element_type> {
  static constexpr bool may_hold_more = !is_template_of<T, typename T::element_type>;  // see class_range_node

  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr auto make(Node& node, Next&& next) {
    using rebound = rebound_pointer<T, U>;
    return node ? rebound::of(next()) : rebound::null();
  }
};

template <class T>
concept expiring_class = requires(T const& pointer) {
  typename T::element_type;
  pointer.lock();
  pointer.expired();
};

/// `std::reference_wrapper`.
template <class T>
concept reference_class = requires(T const& reference) {
  typename T::type;
  { reference.get() } -> std::same_as<typename T::type&>;
  { reference } -> std::convertible_to<typename T::type&>;
};

/// A reference is one child, which it does not own: it maps to an array of one, which does.
template <class T>
struct reference_node {
  using element = std::remove_cv_t<typename T::type>;
  static constexpr std::size_t static_count = 1;
  template <class Node>
  [[nodiscard]] static constexpr size_constant<1> count(Node&) {
    return {};
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return __builtin_addressof(node.get());
  }
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr std::array<U, 1> make(Node&, Next&& next) {
    return {{next()}};
  }
};

}  // namespace commfold::detail
