// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/holds_tensors.hpp
/// `holds_tensors<T>`: whether a tensor can be in a tree of a type, and `unknown_leaves<T>`: the types in it of which nobody can tell.

#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/leaf_types.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {

namespace detail {

/// Whether a tensor can be below a `T`, which stands below the nodes `Above`: a type that holds itself adds nothing where it is met again.
template <class T, class Above>
consteval bool finds_tensor();

template <class Above, class... Children>
consteval bool some_finds_tensor(boost::mp11::mp_list<Children...>) {
  // Most nodes have a tensor among their children: then no other child is looked into.
  if constexpr (!all_true({kind_of<Children> != node_kind::tensor...}))
    return true;
  else
    return !all_true({!detail::finds_tensor<Children, Above>()...});
}

template <class T, class Above>
consteval bool finds_tensor() {
  constexpr node_kind kind = kind_of<T>;
  if constexpr (is_leaf(kind) || kind == node_kind::undescribed) {
    return kind == node_kind::tensor;
  } else if constexpr (boost::mp11::mp_set_contains<Above, T>::value) {
    return false;
  } else {
    using above = boost::mp11::mp_push_back<Above, T>;
    if constexpr (kind == node_kind::product)
      return detail::some_finds_tensor<above>(children_of<T>{});
    else if constexpr (kind == node_kind::sequence)
      return detail::some_finds_tensor<above>(boost::mp11::mp_list<element_of<T>>{});
    else
      return detail::some_finds_tensor<above>(alternatives_of<T>{});
  }
}

}  // namespace detail

/// Whether a tensor can be in a tree of type `T`: in one of its containers, behind one of its pointers, in one of its choices. False for
/// `std::vector<double>`. A type of which nobody can tell what it holds counts as holding none.
template <class T>
inline constexpr bool holds_tensors = detail::finds_tensor<T, boost::mp11::mp_list<>>();
template <class T>
inline constexpr bool holds_tensors<T const> = holds_tensors<T>;
template <dtype D, std::size_t... E>
inline constexpr bool holds_tensors<tensor<D, E...>> = true;

namespace detail {

/// Those of a list of leaves of which nobody can tell what they hold.
template <class... T>
consteval auto undescribed_of(boost::mp11::mp_list<T...>) {
  using boost::mp11::mp_list;
  return boost::mp11::mp_append<mp_list<>, std::conditional_t<kind_of<T> == node_kind::undescribed, mp_list<T>, mp_list<>>...>{};
}

}  // namespace detail

/// An mp_list of the types in a tree of type `T` of which nobody can tell what they hold: classes that are to be described, by
/// `node_traits` or `tensor_traits`, or declared `opaque_leaf`, before the tree can be asked anything. Looks for them all, where a compile
/// error names them one after the other: `static_assert(std::is_same_v<unknown_leaves<model>, mp_list<>>)`.
template <class T>
using unknown_leaves = decltype(detail::undescribed_of(detail::distinct_leaf_types<std::remove_cvref_t<T>, boost::mp11::mp_list<>>()));

}  // namespace commfold
