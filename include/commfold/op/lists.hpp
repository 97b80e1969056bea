// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/lists.hpp
/// What an operator over lists of tensors checks before it runs: lengths and dtypes. PyTorch leaves these to the backend.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/bytes.hpp>
// Without the headers of the standard containers a tuple would be a leaf, and its tensors would count nothing.
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/node_traits.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace commfold {

/// A list of tensors, as an operator's argument: any product or sequence.
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

/// A list of lists of tensors, as a gather's outputs and a scatter's inputs.
template <class T>
concept list_of_lists = list_like<T> && detail::all_are_lists(typename detail::entries<T>::type{});

/// A list of tensors, and of nothing else.
template <class T>
concept tensor_list = list_like<T> && detail::all_are_tensors(typename detail::entries<T>::type{});

namespace detail {

/// The number of children: a `size_constant` where the type fixes it.
template <list_like List>
constexpr auto length(List const& list) {
  if constexpr (product_node<List>)
    return size_constant<boost::mp11::mp_size<typename node_traits_of<List>::children>::value>{};
  else if constexpr (fixed_sequence<List>)
    return size_constant<node_traits_of<List>::static_count>{};
  else
    return node_traits_of<List>::count(list);
}

/// The same of any range: of numbers, of names.
template <class Range>
constexpr auto count_of(Range const& range) {
  if constexpr (list_like<Range>)
    return length(range);
  else
    return static_cast<std::size_t>(std::size(range));
}

/// Calls f with each child of a list, itself a list or a tensor.
template <list_like List, class F>
constexpr void for_each_child(List const& list, F f) {
  if constexpr (product_node<List>) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      bool const done[] = {true, (static_cast<void>(f(node_traits_of<List>::template child<I>(list))), true)...};
      static_cast<void>(done);
    }(std::make_index_sequence<boost::mp11::mp_size<typename node_traits_of<List>::children>::value>{});
  } else {
    auto entry = node_traits_of<List>::begin(list);
    for (std::size_t n = node_traits_of<List>::count(list); n != 0; --n, ++entry) f(child_of_entry<List>(*entry));
  }
}

/// Calls f with the children of two lists of one length, pair by pair.
template <list_like A, list_like B, class F>
constexpr void for_each_pair(A const& a, B const& b, F f) {
  if constexpr (sequence_node<B>) {
    auto entry = node_traits_of<B>::begin(b);
    for_each_child(a, [&](auto const& child) {
      f(child, child_of_entry<B>(*entry));
      ++entry;
    });
  } else if constexpr (sequence_node<A>) {
    for_each_pair(b, a, [&](auto const& of_b, auto const& of_a) { f(of_a, of_b); });
  } else {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      bool const done[] = {
          true, (static_cast<void>(f(node_traits_of<A>::template child<I>(a), node_traits_of<B>::template child<I>(b))), true)...};
      static_cast<void>(done);
    }(std::make_index_sequence<boost::mp11::mp_size<typename node_traits_of<A>::children>::value>{});
  }
}

[[noreturn]] inline void fail_length(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  fail<invalid_argument>(std::string(verb) + ": " + argument + " has " + std::to_string(given) + " entries, for a group of " +
                         std::to_string(wanted));
}
/// A function of its own, here and for other refusals, so that clang shows both numbers in the error of a constant expression.
constexpr void expect_length(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  if (given != wanted) fail_length(verb, argument, given, wanted);
}

/// One entry a rank.
template <class List, any_group Group>
constexpr void expect_one_a_rank(char const* verb, char const* argument, List const& list, Group const& group) {
  using given = decltype(length(list));
  using wanted = std::remove_cvref_t<decltype(group.size)>;
  if constexpr (static_size<given> && static_size<wanted>)
    static_assert(given::value == wanted::value, "commfold::c10d: a list does not have one entry for each rank of the group");
  else
    expect_length(verb, argument, length(list), group.size);
}

[[noreturn]] inline void fail_pairs(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  fail<invalid_argument>(std::string(verb) + ": " + argument + " has " + std::to_string(given) + " entries, for " + std::to_string(wanted) +
                         " on the other side");
}
constexpr void expect_pairs(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  if (given != wanted) fail_pairs(verb, argument, given, wanted);
}

template <class A, class B>
inline constexpr bool known_to_pair = true;
template <static_size A, static_size B>
inline constexpr bool known_to_pair<A, B> = A::value == B::value;

/// As many entries as on the other side.
template <class List, class Other>
constexpr void expect_paired(char const* verb, char const* argument, List const& list, Other const& other) {
  constexpr bool may_be = known_to_pair<decltype(length(list)), decltype(length(other))>;
  static_assert(may_be, "commfold::c10d: the lists of inputs and outputs are not of one length");
  if constexpr (may_be) expect_pairs(verb, argument, length(list), length(other));
}

/// The same, and calls f with each entry and the one on the other side.
template <class List, class Other, class F>
constexpr void for_each_expected_pair(char const* verb, char const* argument, List const& list, Other const& other, F f) {
  expect_paired(verb, argument, list, other);
  if constexpr (known_to_pair<decltype(length(list)), decltype(length(other))>) for_each_pair(list, other, f);
}

/// A list of lists, as a gather's outputs and a scatter's inputs. Braces around one list make no list of it, but a copy.
template <class Lists>
constexpr bool expect_lists() {
  static_assert(
      list_of_lists<Lists>,
      "commfold::c10d: a list of lists of tensors is wanted; std::tuple{a_tuple} is a copy of a list, std::array{a_tuple} a list of one");
  return list_of_lists<Lists>;
}

/// As many lists as tensors on the other side, each with one tensor a rank.
template <class Lists, class Singles, any_group Group>
constexpr void expect_lists_of_ranks(char const* verb, char const* argument, Lists const& lists, Singles const& singles,
                                     Group const& group) {
  if constexpr (expect_lists<Lists>()) {
    expect_paired(verb, argument, lists, singles);
    for_each_child(lists, [&](auto const& list) { expect_one_a_rank(verb, argument, list, group); });
  }
}

/// The same on the root; the other ranks hand over no lists at all.
template <class Lists, class Singles, any_group Group>
constexpr void expect_lists_of_ranks_on_root(char const* verb, char const* argument, Lists const& lists, Singles const& singles,
                                             Group const& group) {
  using given = decltype(length(lists));
  if constexpr (!static_size<given>) {
    if (length(lists) != 0) expect_lists_of_ranks(verb, argument, lists, singles, group);
  } else if constexpr (given::value != 0) {
    expect_lists_of_ranks(verb, argument, lists, singles, group);
  }
}

/// The dtypes of the tensors seen: `one` is the last.
struct dtype_seen {
  std::optional<dtype> one;
  bool several = false;

  constexpr void see(dtype d) {
    several = several || (one && *one != d);
    one = d;
  }
};

template <class Leaf>
constexpr void see_dtype(dtype_seen& seen, [[maybe_unused]] Leaf const& leaf) {
  if constexpr (tensor_like<Leaf>) seen.see(dtype_of_tensor(leaf));
}

/// The dtypes in some trees.
template <class... Trees>
constexpr dtype_seen dtypes_in(Trees const&... trees) {
  dtype_seen seen;
  (tree_for_each([&](auto const& leaf) { see_dtype(seen, leaf); }, trees), ...);
  return seen;
}

template <class T>
constexpr void see_static_dtypes(dtype_seen& seen);

template <class... Children>
constexpr void see_each(dtype_seen& seen, boost::mp11::mp_list<Children...>) {
  bool const done[] = {true, (see_static_dtypes<Children>(seen), true)...};
  static_cast<void>(done);
}

/// What the type alone tells. A tree whose leaves cannot be counted may hold itself, and is not asked.
template <class T>
constexpr void see_static_dtypes(dtype_seen& seen) {
  if constexpr (static_dtype_tensor<T>)
    seen.see(traits_of<T>::dtype);
  else if constexpr (product_node<T>)
    see_each(seen, typename node_traits_of<T>::children{});
  else if constexpr (fixed_sequence<T>)
    see_static_dtypes<typename node_traits_of<T>::element>(seen);
}

template <class... Trees>
consteval dtype_seen static_dtypes_in() {
  dtype_seen seen;
  (see_static_dtypes<Trees>(seen), ...);
  return seen;
}

[[noreturn]] inline void fail_mixed_dtypes(char const* verb) {
  fail<invalid_argument>(std::string(verb) + ": the tensors of one call have different dtypes");
}

/// All tensors of all these trees have one dtype.
template <class... Trees>
constexpr void expect_one_dtype(char const* verb, Trees const&... trees) {
  constexpr bool known_to_differ = static_dtypes_in<Trees...>().several;
  static_assert(!known_to_differ, "commfold::c10d: the tensors of one call have different dtypes");
  if constexpr (!known_to_differ)
    if (dtypes_in(trees...).several) fail_mixed_dtypes(verb);
}

}  // namespace detail
}  // namespace commfold
