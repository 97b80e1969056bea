// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/type_proxy.hpp
/// `type_proxy<T>`: what is walked in the place of a node that need not be read. Why: see stateless.hpp.

#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/stateless.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {

namespace detail {

/// A product that hands over all its children at once: a plain struct, by one structured binding.
template <class T>
concept binds_children = requires { requires node_traits_of<T>::has_with_children; };

/// A product that is walked by its type. Not a plain struct: it is complete before its fields are known, and binding them is cheaper.
template <class T>
concept read_by_type = kind_of<T> == node_kind::product && !binds_children<T> && stateless<T> && holds_only_children<std::remove_cv_t<T>> &&
                       !has_fixed_mapped_type<T>;

/// Carries the type of a node and nothing else.
template <class T>
struct type_proxy {};
template <class T>
inline constexpr bool holds_only_children<type_proxy<T>> = true;

/// What is read in the place of a stateless child: an instance of it, or a proxy.
template <class Child, bool = read_by_type<Child>>
inline constexpr Child instead_of{};
template <class Child>
inline constexpr type_proxy<Child> instead_of<Child, true>{};

}  // namespace detail

/// A proxy has the children of the node and is made into what the node is made into. Children are never read from it.
template <class T>
struct node_traits<detail::type_proxy<T>> : node_traits<T> {};

namespace detail {

/// The tree itself, or its proxy.
template <class T>
constexpr auto const& walk_target(T const& tree) {
  if constexpr (read_by_type<T>)
    return instead_of<T>;
  else
    return tree;
}

/// child_of<I, Child>(node): the I-th child of a product, of type `Child`, or, where nobody may write to it, what is read in its place.
template <std::size_t I, class Child, class Node>
constexpr auto& child_of(Node& node) {
  return node_traits_of<Node>::template child<I>(node);
}
template <std::size_t I, class Child, class Node>
constexpr auto& child_of(Node const& node) {
  if constexpr (!stateless<Child> || !holds_only_children<Node>)
    return node_traits_of<Node>::template child<I>(node);
  else
    return instead_of<Child>;
}

}  // namespace detail
}  // namespace commfold
