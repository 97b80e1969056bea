// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/congruence.hpp
/// Whether other trees have the structure of a first one and can be walked beside it: what types tell, as `first_difference`, and the
/// checks that are made at run time.

#include <commfold/error.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace commfold {

/// Where the structures of two tree types differ: the positions of the children that lead there from the root, with `each` for the elements
/// of a sequence. `no_difference` where types tell none; counts, keys and alternatives of values are compared at run time.
template <std::size_t... Positions>
struct differs_at {};
struct no_difference {};
inline constexpr std::size_t each = dyn;

namespace detail {

template <std::size_t I, class Deeper>
struct below;
template <std::size_t I>
struct below<I, no_difference> {
  using type = no_difference;
};
template <std::size_t I, std::size_t... Positions>
struct below<I, differs_at<Positions...>> {
  using type = differs_at<I, Positions...>;
};

template <class... Differences>
struct first_of {
  using type = no_difference;
};
template <class... Rest>
struct first_of<no_difference, Rest...> : first_of<Rest...> {};
template <std::size_t... Positions, class... Rest>
struct first_of<differs_at<Positions...>, Rest...> {
  using type = differs_at<Positions...>;
};

template <class A, class B>
consteval auto difference();

template <class... As, class... Bs>
consteval auto difference_of_children(boost::mp11::mp_list<As...>, boost::mp11::mp_list<Bs...>) {
  if constexpr (sizeof...(As) != sizeof...(Bs)) {
    return differs_at<>{};
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return typename first_of<typename below<I, decltype(difference<As, Bs>())>::type...>::type{};
    }(std::index_sequence_for<As...>{});
  }
}

template <class A, class B>
consteval bool same_keys() {
  if constexpr (keyed_product<A> && keyed_product<B>) {
    auto const& a = node_traits<A>::keys();
    auto const& b = node_traits<B>::keys();
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
      if (a[i] != b[i]) return false;
  }
  return true;
}

template <class A, class B>
consteval bool same_static_count() {
  if constexpr (fixed_sequence<A> && fixed_sequence<B>)
    return node_traits<A>::static_count == node_traits<B>::static_count;
  else
    return true;
}

// Nothing is compared below a leaf of the first tree, which takes the whole subtree of the other at its place.
template <class A, class B>
consteval auto difference() {
  if constexpr (std::is_same_v<A, B> || tree_leaf<A>) {
    return no_difference{};
  } else if constexpr (kind_of<A> != kind_of<B>) {
    return differs_at<>{};
  } else if constexpr (product_node<A>) {
    if constexpr (same_keys<A, B>())
      return difference_of_children(children_of<A>{}, children_of<B>{});
    else
      return differs_at<>{};
  } else if constexpr (sequence_node<A>) {
    if constexpr (same_static_count<A, B>())
      return typename below<each, decltype(difference<element_of<A>, element_of<B>>())>::type{};
    else
      return differs_at<>{};
  } else {
    return difference_of_children(alternatives_of<A>{}, alternatives_of<B>{});
  }
}

}  // namespace detail

/// The first place, in the order of a walk, where a `B` does not have the structure of an `A`.
template <class A, class B>
using first_difference = decltype(detail::difference<std::remove_cvref_t<A>, std::remove_cvref_t<B>>());

namespace detail {

/// The first difference between `A` and any of the others.
template <class A, class... Bs>
using difference_among = typename first_of<first_difference<A, Bs>...>::type;

/// What a refused call returns, so that the refusal is the only error.
struct refused_tree {};

}  // namespace detail

/// Trees whose types agree in structure with the first. What only values tell is checked while they are walked.
template <class A, class... Bs>
concept congruent = std::is_same_v<detail::difference_among<A, Bs...>, no_difference>;

namespace detail {

template <class Path, class... Values>
[[noreturn]] void fail_at_run_time(Path const& path, char const* sentence, Values... values) {
  auto const where = " at " + to_string(path.whole());
  fail<structure_error>("", sentence, path.verb(), std::string_view(where), values...);
}

/// `sentence` opens with places for the verb and for where the trees differ. A constant tells what differs and not where: paths are made of
/// std::string.
template <class Path, class... Values>
[[noreturn]] constexpr void fail_at(Path const& path, char const* sentence, Values... values) {
  if (std::is_constant_evaluated())
    fail<structure_error>("", sentence, path.verb(), "", values...);
  else
    fail_at_run_time(path, sentence, values...);
}

template <class Path>
constexpr void expect_same_count(Path const& path, std::size_t first, std::size_t other) {
  if (first != other) fail_at(path, "commfold::{}: the trees differ in structure{}: {} children against {}", first, other);
}

template <class Path>
constexpr void expect_same_alternative(Path const& path, std::size_t first, std::size_t other) {
  if (first != other) fail_at(path, "commfold::{}: the trees differ in structure{}: alternative {} against {}", first, other);
}

}  // namespace detail
}  // namespace commfold
