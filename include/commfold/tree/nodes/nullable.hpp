// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/nullable.hpp
/// `std::optional` and raw pointers as sequences of no child or one. Null has no child, so it weighs 0.

#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/pointer.hpp>
#include <commfold/tree/undescribed.hpp>

#include <optional>
#include <type_traits>

namespace commfold {

namespace detail {

/// A raw pointer is a node where what it points to may hold something to look at. `void*`, `char const*` and pointers to numbers or
/// functions are leaves: they are handles and buffers, whose length nobody knows.
template <class T>
consteval auto node_of_pointee() {
  if constexpr (std::is_void_v<T> || std::is_function_v<T>)
    return std::type_identity<no_node>{};
  else if constexpr (kind_of<std::remove_cv_t<T>> == node_kind::opaque)
    return std::type_identity<no_node>{};
  else
    return std::type_identity<optional_node<T>>{};
}

}  // namespace detail

template <class T>
struct node_traits<std::optional<T>> : detail::optional_node<T> {};

/// The None of an argument that may be left out. It has a constructor, which is why it is named.
template <>
struct node_traits<std::nullopt_t> : opaque_leaf {};

template <class T>
struct node_traits<T*> : decltype(detail::node_of_pointee<T>())::type {};

/// What a pointer to an array of unknown length points to.
template <class T>
struct node_traits<T[]> : detail::undescribed_node<detail::undescribed::array_pointer> {};

}  // namespace commfold
