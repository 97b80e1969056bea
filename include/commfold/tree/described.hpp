// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/described.hpp
/// `described<T>`: the check that every algorithm makes of what it finds in a tree. It is a compile error where nobody can tell what a `T`
/// holds.

#include <commfold/tree/holds_tensors.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/undescribed.hpp>

namespace commfold::detail {

template <class T>
concept may_hold_more = requires { requires node_traits<T>::may_hold_more; };
template <class T>
concept keyed_by_values = requires { typename node_traits<T>::key_type; };

template <class T>
consteval bool expect_described() {
  if constexpr (kind_of<T> != node_kind::undescribed) {
    if constexpr (may_hold_more<T>) {
      if constexpr (!holds_tensors<element_of<T>>) refuse_leaf<T, undescribed::elements>();
    }
    if constexpr (keyed_by_values<T>) {
      if constexpr (holds_tensors<typename node_traits<T>::key_type>) refuse_leaf<T, undescribed::tensor_keys>();
    }
  } else if constexpr (requires { node_traits<T>::why; }) {
    refuse_leaf<T, node_traits<T>::why>();
  } else {
    refuse_leaf<T, undescribed::empty_traits>();
  }
  return true;
}

/// True, or a compile error. Products need no such question: their children are asked.
template <class T>
inline constexpr bool described = expect_described<T>();

}  // namespace commfold::detail
