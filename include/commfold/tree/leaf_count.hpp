// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/leaf_count.hpp
/// `leaf_count<T>`: how many leaves a tree type has, and where among them those of each child start.

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

template <class T>
consteval std::size_t count_leaves();

}  // namespace detail

/// The number of leaves of a tree type: `dyn` where a count or a choice is known only at run time.
template <class T>
inline constexpr std::size_t leaf_count = detail::count_leaves<std::remove_cvref_t<T>>();
template <dtype D, std::size_t... E>
inline constexpr std::size_t leaf_count<tensor<D, E...>> = 1;

namespace detail {

consteval std::size_t total_leaves(std::initializer_list<std::size_t> counts) {
  std::size_t total = 0;
  for (std::size_t const count : counts) {
    if (count == dyn) return dyn;
    total += count;
  }
  return total;
}

template <class List>
inline constexpr std::size_t leaf_count_of_list = 0;
template <class... Children>
inline constexpr std::size_t leaf_count_of_list<boost::mp11::mp_list<Children...>> = total_leaves({leaf_count<Children>...});

template <class T>
consteval std::size_t count_leaves() {
  if constexpr (product_node<T>)
    return leaf_count_of_list<children_of<T>>;
  else if constexpr (fixed_sequence<T>)
    return node_traits<T>::static_count == 0  ? 0
           : leaf_count<element_of<T>> == dyn ? dyn
                                              : leaf_count<element_of<T>> * node_traits<T>::static_count;
  else if constexpr (tree_node<T>)
    return dyn;
  else
    return described<T> ? 1 : 0;
}

/// Where the leaves of each child start among the leaves of a product with these children, none of which has `dyn` leaves.
template <class Children>
struct leaf_offsets;
template <class... Children>
struct leaf_offsets<boost::mp11::mp_list<Children...>> {
  static constexpr std::size_t counts[sizeof...(Children) + 1] = {leaf_count<Children>..., 0};

  [[nodiscard]] static consteval std::size_t of(std::size_t child) {
    std::size_t offset = 0;
    for (std::size_t i = 0; i < child; ++i) offset += counts[i];
    return offset;
  }
  [[nodiscard]] static consteval std::size_t child_with(std::size_t leaf) {
    std::size_t child = 0;
    while (leaf >= counts[child]) leaf -= counts[child++];
    return child;
  }
};

}  // namespace detail
}  // namespace commfold
