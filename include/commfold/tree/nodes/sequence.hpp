// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/sequence.hpp
/// The containers of the standard library as sequences, and `range_node`, the one-line registration of any other container.

#include <commfold/tree/node_traits.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <iterator>
#include <list>
#include <map>
#include <span>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace commfold {

/// The traits of a range as a sequence of `Element`s. It maps to `Mapped<U>`, which needs `push_back`.
/// ```cpp
/// template <class T> struct commfold::node_traits<small_vector<T>> : commfold::range_node<T, small_vector> {};
/// ```
template <class Element, template <class...> class Mapped = std::vector>
struct range_node {
  using element = Element;
  template <class Node>
  [[nodiscard]] static constexpr std::size_t count(Node& node) {
    return static_cast<std::size_t>(std::size(node));
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return std::begin(node);
  }
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr Mapped<U> make(Node& node, Next&& next) {
    Mapped<U> made;
    for (std::size_t n = count(node); n != 0; --n) made.push_back(next());
    return made;
  }
};

/// A container maps to one of the same kind, with the default allocator.
template <class T, class A>
struct node_traits<std::vector<T, A>> : range_node<T, std::vector> {};
template <class T, class A>
struct node_traits<std::deque<T, A>> : range_node<T, std::deque> {};
template <class T, class A>
struct node_traits<std::list<T, A>> : range_node<T, std::list> {};

namespace detail {

template <class T, std::size_t N>
struct array_node {
  using element = T;
  static constexpr std::size_t static_count = N;
  template <class Node>
  [[nodiscard]] static constexpr size_constant<N> count(Node&) {
    return {};
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return std::begin(node);
  }
  template <class U, class Node, class Next>
  [[nodiscard]] static constexpr std::array<U, N> make(Node&, Next&& next) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::array<U, N>{{((void)I, next())...}};
    }(std::make_index_sequence<N>{});
  }
};

}  // namespace detail

/// Type-only questions ask the element once and multiply by the count.
template <class T, std::size_t N>
struct node_traits<std::array<T, N>> : detail::array_node<std::remove_cv_t<T>, N> {};
/// A C array maps to a `std::array`.
template <class T, std::size_t N>
struct node_traits<T[N]> : detail::array_node<std::remove_cv_t<T>, N> {};

/// A span does not own its elements, so it maps to a container that does: a vector, or an array where the count is static.
template <class T>
struct node_traits<std::span<T>> : range_node<std::remove_cv_t<T>, std::vector> {};
template <class T, std::size_t N>
struct node_traits<std::span<T, N>> : detail::array_node<std::remove_cv_t<T>, N> {};

namespace detail {

/// A map: its values are the children, in the order of iteration, and have its keys.
template <class Value>
struct map_node {
  using element = Value;
  template <class Node>
  [[nodiscard]] static constexpr std::size_t count(Node& node) {
    return node.size();
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return node.begin();
  }
  template <class Entry>
  [[nodiscard]] static constexpr auto& child(Entry& entry) {
    return entry.second;
  }
  template <class Entry>
  [[nodiscard]] static constexpr auto const& key(Entry& entry) {
    return entry.first;
  }
  template <class Node, class Key>
  [[nodiscard]] static constexpr auto find(Node& node, Key const& key) {
    auto const at = node.find(key);
    return at == node.end() ? nullptr : &at->second;
  }
};

}  // namespace detail

template <class K, class V, class C, class A>
struct node_traits<std::map<K, V, C, A>> : detail::map_node<V> {
  template <class U, class Node, class Next>
  [[nodiscard]] static std::map<K, U, C> make(Node& node, Next&& next) {
    std::map<K, U, C> made(node.key_comp());
    for (auto const& entry : node) made.emplace_hint(made.end(), entry.first, next());
    return made;
  }
};

template <class K, class V, class H, class E, class A>
struct node_traits<std::unordered_map<K, V, H, E, A>> : detail::map_node<V> {
  template <class U, class Node, class Next>
  [[nodiscard]] static std::unordered_map<K, U, H, E> make(Node& node, Next&& next) {
    std::vector<std::pair<K const*, U>> entries;
    entries.reserve(node.size());
    for (auto const& entry : node) entries.emplace_back(&entry.first, next());
    std::unordered_map<K, U, H, E> made(node.bucket_count(), node.hash_function(), node.key_eq());
    made.max_load_factor(node.max_load_factor());
    // Leaves taken from a map must fit a structure made of it, so the iteration order must be kept. A new entry goes to the front, of its
    // bucket or of all: with as many buckets, entries inserted from the last to the first are iterated in the order of `node`.
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) made.emplace(*entry->first, std::move(entry->second));
    return made;
  }
};

}  // namespace commfold
