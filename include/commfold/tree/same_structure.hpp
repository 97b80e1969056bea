// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/same_structure.hpp
/// same_structure(a, b): whether two trees have nodes of one kind with the same counts, keys and alternatives, and leaves in the same
/// places.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class A, class B>
constexpr bool same_structure(A const& a, B const& b);

template <class Choice>
constexpr bool holds_leaf(Choice const& node) {
  return [held = node_traits<Choice>::index(node)]<class... T>(boost::mp11::mp_list<T...>) {
    constexpr bool leaf[] = {tree_leaf<T>...};
    return leaf[held];
  }(alternatives_of<Choice>{});
}

template <class A, class B>
constexpr bool same_sequence(A const& a, B const& b) {
  using traits = node_traits<A>;
  using others = node_traits<B>;
  if (traits::count(a) != others::count(b)) return false;
  auto entry = traits::begin(a);
  auto other = others::begin(b);
  for (std::size_t n = traits::count(a); n != 0; --n, ++entry, ++other) {
    if constexpr (requires { others::find(b, traits::key(*entry)); }) {
      auto const* found = others::find(b, traits::key(*entry));
      if (found == nullptr || !same_structure(child_of_entry<A>(*entry), *found)) return false;
    } else {
      if (!same_structure(child_of_entry<A>(*entry), child_of_entry<B>(*other))) return false;
    }
  }
  return true;
}

template <class A, class B>
constexpr bool same_structure(A const& a, B const& b) {
  if constexpr (tree_leaf<A> || tree_leaf<B>) {
    return tree_leaf<A> && tree_leaf<B>;
  } else if constexpr (!congruent<A, B>) {
    return false;
  } else if constexpr (product_node<A>) {
    bool same = true;
    for_each_index<boost::mp11::mp_size<children_of<A>>::value>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      same = same && same_structure(node_traits<A>::template child<I>(a), node_traits<B>::template child<I>(b));
    });
    return same;
  } else if constexpr (sequence_node<A>) {
    return same_sequence(a, b);
  } else {
    std::size_t const held = node_traits<A>::index(a);
    if constexpr (interchangeable_leaves<A> && interchangeable_leaves<B>)
      if (holds_leaf(a) && holds_leaf(b)) return true;
    if (held != node_traits<B>::index(b)) return false;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (false || ... || (held == I && same_structure(node_traits<A>::template child<I>(a), node_traits<B>::template child<I>(b))));
    }(indices_of<alternatives_of<A>>{});
  }
}

}  // namespace commfold::detail
