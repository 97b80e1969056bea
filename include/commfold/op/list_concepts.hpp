// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/list_concepts.hpp
/// What an operator takes where its schema says `Tensor[]` and `Tensor[][]`.

#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/node_traits.hpp>
// Without the headers of the standard containers a tuple would be a leaf, and its tensors would count nothing.
#include <commfold/tree/nodes/standard.hpp>

#include <boost/mp11/list.hpp>

namespace commfold {

/// A list as an operator's argument: any product or sequence, whatever it holds.
template <class T>
concept list_like = product_node<T> || sequence_node<T>;

/// A list, or a single tensor in place of a list of one.
template <class T>
concept tensor_or_list = tensor_like<T> || list_like<T>;

namespace detail {

template <class List>
struct entries;
template <product_node List>
struct entries<List> {
  using type = typename node_traits_of<List>::children;
};
template <sequence_node List>
struct entries<List> {
  using type = boost::mp11::mp_list<typename node_traits_of<List>::element>;
};

template <class... Entries>
consteval bool all_are_lists(boost::mp11::mp_list<Entries...>) {
  bool all = true;
  for (bool const one : {true, list_like<Entries>...}) all = all && one;  // clang folds no more than 256
  return all;
}
template <class... Entries>
consteval bool all_are_tensors(boost::mp11::mp_list<Entries...>) {
  bool all = true;
  for (bool const one : {true, tensor_like<Entries>...}) all = all && one;
  return all;
}

}  // namespace detail

/// A list of lists, as a gather's outputs and a scatter's inputs.
template <class T>
concept list_of_lists = list_like<T> && detail::all_are_lists(typename detail::entries<T>::type{});

/// A list of tensors, and of nothing else.
template <class T>
concept tensor_list = list_like<T> && detail::all_are_tensors(typename detail::entries<T>::type{});

}  // namespace commfold
