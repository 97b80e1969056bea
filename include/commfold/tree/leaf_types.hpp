// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/leaf_types.hpp
/// The types of the leaves of a tree type: all of them in order, and the distinct ones.

#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/stateless.hpp>

#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>

#include <type_traits>
#include <variant>

namespace commfold::detail {

/// Whether nothing in the tree has to be read to know its leaves: it is made of products that hold only their children, down to leaves that
/// are stateless.
template <class T>
consteval bool are_leaves_stateless();
template <class T>
inline constexpr bool leaves_are_stateless = detail::are_leaves_stateless<T>();

template <class... Children>
consteval bool leaves_of_all_are_stateless(boost::mp11::mp_list<Children...>) {
  if constexpr (are_leaves({kind_of<Children>...}))
    return all_true({stateless<Children>...});
  else
    return all_true({leaves_are_stateless<Children>...});
}

template <class T>
consteval bool are_leaves_stateless() {
  if constexpr (product_node<T>)
    return holds_only_children<T> && detail::leaves_of_all_are_stateless(children_of<T>{});
  else if constexpr (tree_node<T>)
    return false;
  else
    return stateless<T>;
}

/// An mp_list of the types of all leaves of a tree of products, in order.
template <class T>
consteval auto list_leaf_types();

template <class... Children>
consteval auto list_leaf_types_of(boost::mp11::mp_list<Children...>) {
  if constexpr (are_leaves({kind_of<Children>...}))
    return boost::mp11::mp_list<Children...>{};
  else
    return boost::mp11::mp_append<boost::mp11::mp_list<>, decltype(detail::list_leaf_types<Children>())...>{};
}

template <class T>
consteval auto list_leaf_types() {
  if constexpr (product_node<T>)
    return detail::list_leaf_types_of(children_of<T>{});
  else
    return boost::mp11::mp_list<T>{};
}

/// An mp_list of the distinct types of leaves, by first appearance. `Above` are the nodes on the way down: a type that holds itself is met
/// again below itself, and adds nothing there.
template <class T, class Above>
consteval auto distinct_leaf_types();

template <class... T>
consteval auto distinct(boost::mp11::mp_list<T...>) {
  return boost::mp11::mp_set_push_back<boost::mp11::mp_list<>, T...>{};
}

template <class Above, class... Children>
consteval auto distinct_leaf_types_of(boost::mp11::mp_list<Children...>) {
  return detail::distinct(boost::mp11::mp_append<boost::mp11::mp_list<>, decltype(distinct_leaf_types<Children, Above>())...>{});
}

template <class T, class Above>
consteval auto distinct_leaf_types() {
  if constexpr (boost::mp11::mp_set_contains<Above, T>::value) {
    return boost::mp11::mp_list<>{};
  } else {
    using above = boost::mp11::mp_push_back<Above, T>;
    if constexpr (product_node<T>)
      return distinct_leaf_types_of<above>(children_of<T>{});
    else if constexpr (sequence_node<T>)
      return distinct_leaf_types<element_of<T>, above>();
    else if constexpr (choice_node<T>)
      return distinct_leaf_types_of<above>(alternatives_of<T>{});
    else
      return boost::mp11::mp_list<T>{};
  }
}

/// The one type for any leaf of a tree: that of its leaves where they have one, else a variant of the distinct ones.
template <class Leaves>
struct any_leaf {
  using type = boost::mp11::mp_rename<Leaves, std::variant>;
};
template <class Leaf>
struct any_leaf<boost::mp11::mp_list<Leaf>> {
  using type = Leaf;
};
template <>
struct any_leaf<boost::mp11::mp_list<>> {
  using type = std::monostate;
};

template <class T>
using any_leaf_of = typename any_leaf<decltype(distinct_leaf_types<std::remove_cvref_t<T>, boost::mp11::mp_list<>>())>::type;

}  // namespace commfold::detail
