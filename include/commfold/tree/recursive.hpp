// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/recursive.hpp
/// Which types have an image: all but those that hold themselves and do not say what they map to. So these are refused in one sentence.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/leaves.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {

namespace detail {

/// Whether `T` is met again below itself, `Above` being the nodes on the way down to it, and none of them names what it maps to. A type
/// that does has no fixed number of leaves, so whatever has one, which is most of a tree, is never followed: each step names all that is
/// above it, and names are long.
template <class T, class Above, std::size_t Leaves = leaf_count<T>>
inline constexpr bool holds_itself = false;

template <class Above, class... Children>
consteval bool some_holds_itself(boost::mp11::mp_list<Children...>) {
  return !all_true({!holds_itself<Children, Above>...});
}

template <class T, class Above>
consteval bool holds_itself_below() {
  if constexpr (boost::mp11::mp_set_contains<Above, T>::value) {
    return true;
  } else if constexpr (has_fixed_mapped_type<T>) {
    return false;
  } else {
    using above = boost::mp11::mp_push_back<Above, T>;
    if constexpr (product_node<T>)
      return some_holds_itself<above>(children_of<T>{});
    else if constexpr (sequence_node<T>)
      return holds_itself<element_of<T>, above>;
    else
      return some_holds_itself<above>(alternatives_of<T>{});
  }
}

template <class T, class Above>
inline constexpr bool holds_itself<T, Above, dyn> = holds_itself_below<T, Above>();

}  // namespace detail

/// A type that can be mapped. One that is met again below itself, as a struct with a vector of itself is, can be weighed, visited and
/// folded, but the type of its image would hold its own image, for ever: unless a node on each way back names its image, as `mapped` in its
/// `node_traits`.
template <class T>
concept mappable_tree = !detail::holds_itself<std::remove_cvref_t<T>, boost::mp11::mp_list<>>;

}  // namespace commfold
