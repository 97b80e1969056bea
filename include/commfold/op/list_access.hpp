// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/list_access.hpp
/// The entries of a list, whatever container it is: how many they are, and each of them.

#include <commfold/op/list_concepts.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/mp11/list.hpp>

#include <array>  // std::size, without the streams of <iterator>
#include <cstddef>

namespace commfold::detail {

/// The number of entries: a `size_constant` where the type fixes it.
template <list_like List>
constexpr auto list_length(List const& list) {
  if constexpr (product_node<List>)
    return size_constant<boost::mp11::mp_size<typename node_traits_of<List>::children>::value>{};
  else if constexpr (fixed_sequence<List>)
    return size_constant<node_traits_of<List>::static_count>{};
  else
    return node_traits_of<List>::count(list);
}

/// The length of any range, of tensors, numbers or names.
template <class Range>
constexpr auto length_of(Range const& range) {
  if constexpr (list_like<Range>)
    return list_length(range);
  else
    return static_cast<std::size_t>(std::size(range));
}

/// Calls f with each entry of a list; an entry is a list or a tensor.
template <list_like List, class F>
constexpr void for_each_entry(List const& list, F f) {
  if constexpr (product_node<List>) {
    for_each_index<boost::mp11::mp_size<typename node_traits_of<List>::children>::value>(
        [&](auto i) { f(node_traits_of<List>::template child<i>(list)); });
  } else {
    auto entry = node_traits_of<List>::begin(list);
    for (std::size_t n = node_traits_of<List>::count(list); n != 0; --n, ++entry) f(child_of_entry<List>(*entry));
  }
}

/// Calls f with the entries of two lists of one length, pair by pair.
template <list_like A, list_like B, class F>
constexpr void for_each_pair(A const& a, B const& b, F f) {
  if constexpr (sequence_node<B>) {
    auto entry = node_traits_of<B>::begin(b);
    for_each_entry(a, [&](auto const& child) {
      f(child, child_of_entry<B>(*entry));
      ++entry;
    });
  } else if constexpr (sequence_node<A>) {
    for_each_pair(b, a, [&](auto const& of_b, auto const& of_a) { f(of_a, of_b); });
  } else {
    for_each_index<boost::mp11::mp_size<typename node_traits_of<A>::children>::value>(
        [&](auto i) { f(node_traits_of<A>::template child<i>(a), node_traits_of<B>::template child<i>(b)); });
  }
}

}  // namespace commfold::detail
