// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/static_tree_bytes.hpp
/// What the type of a tree tells of its bytes: all of them where every leaf is static, else those of its static leaves.

#include <commfold/tensor/contiguous_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/described.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <initializer_list>
#include <type_traits>

namespace commfold {

namespace detail {

// One number for each type, so that a tree costs one variable template for each distinct type and no call. It is the number of bytes or one
// of two marks at the top of the range: `dyn`, known only at run time, and `too_many_bytes`, static and too large for any other number.
inline constexpr std::size_t too_many_bytes = dyn - 1;

consteval std::size_t static_total(std::initializer_list<std::size_t> sizes) {
  std::size_t total = 0;
  bool fits = true;
  for (std::size_t const size : sizes) {
    if (size == dyn) return dyn;
    fits = fits && size < too_many_bytes - total;
    if (fits) total += size;
  }
  return fits ? total : too_many_bytes;
}

consteval std::size_t static_multiple(std::size_t size, std::size_t count) {
  if (size == dyn) return count == 0 ? 0 : dyn;
  if (size == 0 || count == 0) return 0;
  return size < too_many_bytes / count ? size * count : too_many_bytes;
}

/// The bytes of our own tensors. Not a template: most nodes of a tree are leaves, and each template costs.
constexpr std::size_t bytes_of_tensor(dtype d, std::initializer_list<std::size_t> extents) {
  size_result const bytes = try_static_bytes(d, extents);
  return bytes.fits ? bytes.value : too_many_bytes;
}

template <class T>
consteval std::size_t static_bytes_of_node();

}  // namespace detail

/// The bytes of all tensors in a tree of type `T`: `dyn` where a shape, a count or a choice is known only at run time.
/// Cost: one variable template for each distinct type.
template <class T>
inline constexpr std::size_t static_tree_bytes = detail::static_bytes_of_node<std::remove_cv_t<T>>();
template <dtype D, std::size_t... E>
inline constexpr std::size_t static_tree_bytes<tensor<D, E...>> = detail::bytes_of_tensor(D, {E...});

namespace detail {

template <class List>
inline constexpr std::size_t static_bytes_of_list = 0;
template <class... Children>
inline constexpr std::size_t static_bytes_of_list<boost::mp11::mp_list<Children...>> = static_total({static_tree_bytes<Children>...});

template <class T>
consteval std::size_t static_bytes_of_node() {
  constexpr node_kind kind = kind_of<T>;
  if constexpr (kind == node_kind::tensor) {
    return static_storage_bytes<T>;
  } else if constexpr (kind == node_kind::product) {
    return static_bytes_of_list<typename node_traits<T>::children>;
  } else if constexpr (fixed_sequence<T>) {
    return static_multiple(static_tree_bytes<typename node_traits<T>::element>, node_traits<T>::static_count);
  } else if constexpr (kind == node_kind::sequence) {
    // Asks only whether the element is a leaf, and not what it holds: a type may hold a vector of itself.
    static_assert(described<T>);
    if constexpr (kind_of<typename node_traits<T>::element> == node_kind::undescribed)
      static_assert(described<typename node_traits<T>::element>);
    return kind_of<typename node_traits<T>::element> == node_kind::opaque ? 0 : dyn;
  } else if constexpr (kind == node_kind::choice) {
    return static_bytes_of_list<typename node_traits<T>::alternatives> == 0 ? 0 : dyn;
  } else {
    static_assert(described<T>);
    return 0;
  }
}

template <class T>
consteval std::size_t static_part_of_node();

/// The static part of the bytes of a tree whose bytes are `dyn`: the sum of its static leaves, without those below a count or a choice that
/// is known only at run time.
template <class T, bool Dynamic = static_tree_bytes<T> == dyn>
inline constexpr std::size_t static_part = static_tree_bytes<T>;
template <class T>
inline constexpr std::size_t static_part<T, true> = static_part_of_node<T>();

template <class List>
inline constexpr std::size_t static_part_of_list = 0;
template <class... Children>
inline constexpr std::size_t static_part_of_list<boost::mp11::mp_list<Children...>> = static_total({static_part<Children>...});

template <class T>
consteval std::size_t static_part_of_node() {
  if constexpr (kind_of<T> == node_kind::product)
    return static_part_of_list<typename node_traits<T>::children>;
  else if constexpr (fixed_sequence<T>)
    return static_multiple(static_part<typename node_traits<T>::element>, node_traits<T>::static_count);
  else
    return 0;
}

}  // namespace detail

/// A tree whose type tells all of its bytes.
template <class T>
concept static_tree = static_tree_bytes<std::remove_cvref_t<T>> != dyn;

}  // namespace commfold
