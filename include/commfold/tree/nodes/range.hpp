// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/range.hpp
/// Ranges as sequences: `range_node`, the one-line registration of a container, and the containers that need none, known by what they
/// offer.

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>  // std::begin, std::size and the tags of iterators, too, without the streams of <iterator>

namespace commfold {

namespace detail::ranges {

// As a range-based for finds them: members first. A free function is looked for only where there are none, since to look it up the compiler
// completes the elements, and a type may hold a list of itself.
template <class T>
concept has_begin = requires(T& range) {
  range.begin();
  range.end();
};

struct begin_fn {
  template <class T>
  constexpr auto operator()(T& range) const {
    using std::begin;
    if constexpr (has_begin<T>)
      return range.begin();
    else
      return begin(range);
  }
};
struct end_fn {
  template <class T>
  constexpr auto operator()(T& range) const {
    using std::end;
    if constexpr (has_begin<T>)
      return range.end();
    else
      return end(range);
  }
};
inline constexpr begin_fn first;
inline constexpr end_fn last;

// std::begin takes arrays and classes with a member too; what is left are the free functions of a class's own namespace and of std.
using std::begin;
template <class T>
concept has_free_begin = requires(T const& range) { begin(range); };

template <class T>
struct iterator_found {};
template <has_begin T>
struct iterator_found<T> {
  using type = decltype(std::declval<T&>().begin());
};
template <class T>
  requires(!has_begin<T> && has_free_begin<T>)
struct iterator_found<T> {
  using type = decltype(begin(std::declval<T&>()));
};

/// The iterator of a constant `T`: trees are never written to.
template <class T>
using iterator_of = typename iterator_found<T const>::type;

template <class Iterator>
struct category_of {
  using type = typename std::iterator_traits<Iterator>::iterator_category;
};
template <class Iterator>
  requires requires { typename Iterator::iterator_concept; }
struct category_of<Iterator> {
  using type = typename Iterator::iterator_concept;
};

/// A range that can be walked more than once, so that its elements can be counted before they are looked at. By the tag of its iterator:
/// std::forward_iterator would complete the elements.
template <class T>
concept forward_range = std::is_convertible_v<typename category_of<iterator_of<T>>::type, std::forward_iterator_tag>;

template <class T>
using element_of = typename std::iterator_traits<iterator_of<T>>::value_type;

template <class T>
concept tells_size = requires(T const& range) { static_cast<std::size_t>(std::size(range)); };

}  // namespace detail::ranges

/// The traits of a range as a sequence of `Element`s. It maps to `Mapped<U>`, which needs `push_back`.
/// ```cpp
/// template <class T> struct commfold::node_traits<ring<T>> : commfold::range_node<T, ring> {};
/// ```
template <class Element, template <class...> class Mapped = std::vector>
struct range_node {
  using element = Element;
  template <class Node>
  [[nodiscard]] static constexpr std::size_t count(Node& node) {
    if constexpr (detail::ranges::tells_size<Node>)
      return static_cast<std::size_t>(std::size(node));
    else
      return static_cast<std::size_t>(std::distance(detail::ranges::first(node), detail::ranges::last(node)));
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return detail::ranges::first(node);
  }
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr Mapped<U> make(Node& node, Next&& next) {
    Mapped<U> made;
    for (std::size_t n = count(node); n != 0; --n) made.push_back(next());
    return made;
  }
};

namespace detail {

template <class C, class U>
concept takes_at_back = requires(C made, U&& u) {
  C{};
  made.push_back(static_cast<U&&>(u));
};

/// A class template's container of other elements: `list<U>` for `list<T>`, with the defaults for its other parameters; a vector where
/// that could not hold them as they come, as a set.
template <class T, class U>
struct rebound_container {
  using type = std::vector<U>;
};
template <template <class...> class C, class T, class... Rest, class U>
  requires takes_at_back<C<U>, U>
struct rebound_container<C<T, Rest...>, U> {
  using type = C<U>;
};
template <template <class, std::size_t, class...> class C, class T, std::size_t N, class... Rest, class U>
  requires takes_at_back<C<U, N>, U>
struct rebound_container<C<T, N, Rest...>, U> {
  using type = C<U, N>;
};

/// Whether a class is a template of what it shows first, as containers and smart pointers are.
template <class T, class Element>
inline constexpr bool is_template_of = false;
template <template <class...> class C, class T, class... Rest>
inline constexpr bool is_template_of<C<T, Rest...>, T> = true;
template <template <class, auto, class...> class C, class T, auto N, class... Rest>
inline constexpr bool is_template_of<C<T, N, Rest...>, T> = true;

/// Whether a range is a container of its elements and nothing else: a template of them, with the names that containers have. Those without
/// iterators of their own, as `std::valarray`, have one name.
template <class T, class Element>
concept container_of = is_template_of<T, Element> && std::same_as<typename T::value_type, Element> &&
                       (!ranges::has_begin<T const> || requires { typename T::const_iterator; });

/// The traits of a class that is a range. `may_hold_more` where it may have members that no iterator shows: then elements that hold no
/// tensor do not mean that the class holds none.
template <class T>
struct class_range_node : range_node<ranges::element_of<T>> {
  using element = ranges::element_of<T>;
  static constexpr bool may_hold_more = !container_of<T, element>;

  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr auto make(Node& node, Next&& next) {
    typename rebound_container<T, U>::type made{};
    for (std::size_t n = class_range_node::count(node); n != 0; --n) made.push_back(next());
    return made;
  }
};

/// `std::forward_list`, and what offers its `insert_after`.
template <class T>
concept front_range = ranges::forward_range<T> && requires(T& list) { list.before_begin(); };

template <class T>
struct front_range_node : class_range_node<T> {
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr auto make(Node& node, Next&& next) {
    return [&]<template <class...> class C, class V, class... Rest>(C<V, Rest...> const&) {
      C<U> made;
      auto last = made.before_begin();
      for (std::size_t n = front_range_node::count(node); n != 0; --n) last = made.insert_after(last, next());
      return made;
    }(node);
  }
};

}  // namespace detail
}  // namespace commfold
