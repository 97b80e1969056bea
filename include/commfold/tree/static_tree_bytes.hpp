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

// Bytes are one number for each type: their number or one of two marks at the top of the range: `dyn`, known only at run time, and
// `too_many_bytes`, static and too large for any other number.
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

/// The bytes of a node, and of a leaf that is no tensor of ours, with every check.
template <class T>
inline constexpr std::size_t exact_bytes = static_bytes_of_node<T>();

// Two paths lead to the bytes. The quick one adds `double`s: whole numbers below 2^53, and products and sums of them, are exact, and what
// is larger stays larger, so that one comparison at the end tells whether an extent was `dyn`, an element was no whole byte or a number
// overflowed. Then, and only then, the exact path is instantiated, which tells these apart. On the quick path a tensor is one variable,
// whose initialiser calls nothing; on the exact path it takes 2.5 times as long.

/// Numbers from here on are taken from the exact path.
inline constexpr double quick_limit = sizeof(std::size_t) > 4 ? 9007199254740992.0 : static_cast<double>(too_many_bytes);
inline constexpr double not_quick = 1e300;

constexpr double as_quick(std::size_t bytes) { return bytes >= too_many_bytes ? not_quick : static_cast<double>(bytes); }

/// The bytes of an element.
template <dtype D>
inline constexpr double quick_element = bits(D) % 8 == 0 && !packs_rows(D) ? static_cast<double>(bits(D)) / 8 : 1e300;

template <class T>
inline constexpr double quick_bytes_of_other = as_quick(exact_bytes<std::remove_cvref_t<T>>);

// An extent of 0 would hide another that is `dyn`: such a tensor is not quick. To look up quick_element takes clang a fifth of the time
// for a leaf, and so the most frequent dtypes have their own lines.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wimplicit-int-float-conversion"  // a cast of each extent costs 3 % of a sum; `dyn` may be rounded
#endif
// NOLINTBEGIN(bugprone-narrowing-conversions): for the same reason
/// The bytes of a tree, exact below `quick_limit`.
template <class T>
inline constexpr double quick_bytes = quick_bytes_of_other<T>;
template <std::size_t... E>
inline constexpr double quick_bytes<tensor<f32, E...>> = (E && ...) ? (4.0 * ... * E) : 1e300;
template <std::size_t... E>
inline constexpr double quick_bytes<tensor<bf16, E...>> = (E && ...) ? (2.0 * ... * E) : 1e300;

template <dtype D, std::size_t... E>
inline constexpr double quick_bytes_of_other<tensor<D, E...>> = (E && ...) ? (quick_element<D> * ... * E) : 1e300;
// NOLINTEND(bugprone-narrowing-conversions)
#if defined(__clang__)
#pragma clang diagnostic pop
#endif
/// A node whose arguments are its children. Not a wide one: clang nests fold expressions at most 256 deep.
template <template <class...> class Node, std::size_t Children>
inline constexpr bool is_quick_node = lists_its_children<Node> && Children <= 256;
template <template <class...> class Node, class... Children>
  requires(is_quick_node<Node, sizeof...(Children)> && __is_base_of(arguments_are_children, node_traits<Node<Children...>>))
inline constexpr double quick_bytes_of_other<Node<Children...>> = (0.0 + ... + quick_bytes<Children>);

/// The quick number where it is exact.
template <class T, bool Quick = (quick_bytes<T> < quick_limit)>
inline constexpr std::size_t bytes_of_tree = exact_bytes<T>;
template <class T>
inline constexpr std::size_t bytes_of_tree<T, true> = static_cast<std::size_t>(quick_bytes<T>);

}  // namespace detail

/// The bytes of all tensors in a tree of type `T`: `dyn` where a shape, a count or a choice is known only at run time.
/// Cost: one variable template for each distinct type.
template <class T>
inline constexpr std::size_t static_tree_bytes = detail::bytes_of_tree<std::remove_cv_t<T>>;
template <dtype D, std::size_t... E>
inline constexpr std::size_t static_tree_bytes<tensor<D, E...>> = detail::bytes_of_tensor(D, {E...});

namespace detail {

template <class List>
inline constexpr std::size_t static_bytes_of_list = 0;
template <class... Children>
inline constexpr std::size_t static_bytes_of_list<boost::mp11::mp_list<Children...>> = static_total({static_tree_bytes<Children>...});
constexpr double quick_total(std::initializer_list<double> sizes) {
  double total = 0;
  for (double const size : sizes) total += size;
  return total;
}

/// The quick sum of a list.
template <class List>
inline constexpr double quick_bytes_of_list = 0;
template <class... Children>
inline constexpr double quick_bytes_of_list<boost::mp11::mp_list<Children...>> = quick_total({quick_bytes<Children>...});
template <class... Children>
  requires(sizeof...(Children) <= 256)
inline constexpr double quick_bytes_of_list<boost::mp11::mp_list<Children...>> = (0.0 + ... + quick_bytes<Children>);

template <class List, bool Quick = (quick_bytes_of_list<List> < quick_limit)>
inline constexpr std::size_t bytes_of_list = static_bytes_of_list<List>;
template <class List>
inline constexpr std::size_t bytes_of_list<List, true> = static_cast<std::size_t>(quick_bytes_of_list<List>);

template <class T>
consteval std::size_t static_bytes_of_node() {
  constexpr node_kind kind = kind_of<T>;
  if constexpr (kind == node_kind::tensor) {
    return static_storage_bytes<T>;
  } else if constexpr (kind == node_kind::product) {
    return bytes_of_list<typename node_traits<T>::children>;
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
