// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/recursive.hpp
/// `mappable_tree`: the types that can be mapped, which are all but those that hold themselves and do not name what they map to.

#include <commfold/tree/leaf_count.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {

namespace detail {

/// Whether `T`, which stands below the nodes `Above`, is one of them or holds itself, through nodes none of which names what it maps to. A
/// type with a static number of leaves cannot hold itself. It is not looked into, which keeps the names of instantiations short: each
/// contains all of `Above`.
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

/// A type that can be mapped. One that holds itself, as a struct with a vector of itself does, can be summed, visited and folded, but what
/// it maps to would hold what it maps to, without end: unless a node on each way round names what it maps to, as `mapped` in its
/// `node_traits`.
template <class T>
concept mappable_tree = !detail::holds_itself<std::remove_cvref_t<T>, boost::mp11::mp_list<>>;

}  // namespace commfold
