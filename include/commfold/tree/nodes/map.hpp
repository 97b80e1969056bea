// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/map.hpp
/// Maps as sequences of their values, known by what they offer: `std::map`, `std::unordered_map`, `std::flat_map`, those of Boost, …

#include <commfold/tree/nodes/range.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold::detail {

template <class T>
concept map_class = requires {
  typename T::key_type;
  typename T::mapped_type;
} && ranges::forward_range<T>;

/// A map with one value for each key, as those with `at` have. It is not called: that would complete the values.
template <class T>
concept unique_map =
    map_class<T> && requires { static_cast<typename T::mapped_type const& (T::*)(typename T::key_type const&) const>(&T::at); };

/// The map of the same template and keys with other values, and the default allocator.
template <class T, class U>
struct rebound_map;
template <template <class...> class M, class K, class V, class Less, class... Rest, class U>
  requires requires(M<K, V, Less, Rest...> const& map) { map.key_comp(); }
struct rebound_map<M<K, V, Less, Rest...>, U> {
  using type = M<K, U, Less>;
};
template <template <class...> class M, class K, class V, class Hash, class Equal, class... Rest, class U>
  requires requires(M<K, V, Hash, Equal, Rest...> const& map) { map.hash_function(); }
struct rebound_map<M<K, V, Hash, Equal, Rest...>, U> {
  using type = M<K, U, Hash, Equal>;
};

/// The entries of a map: their values are the children, in the order of iteration.
template <class Value>
struct entries_node {
  using element = Value;

  template <class Node>
  [[nodiscard]] static constexpr std::size_t count(Node& node) {
    return static_cast<std::size_t>(node.size());
  }
  template <class Node>
  [[nodiscard]] static constexpr auto begin(Node& node) {
    return node.begin();
  }
  template <class Entry>
  [[nodiscard]] static constexpr auto& child(Entry& entry) {
    return entry.second;
  }
};

/// Entries of which there is one for each key, which is then the name of the child. Where a key may come twice, children have positions.
template <class Value>
struct map_node : entries_node<Value> {
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

/// The traits of a class that is a map.
template <class T>
struct class_map_node : std::conditional_t<unique_map<T>, map_node<typename T::mapped_type>, entries_node<typename T::mapped_type>> {
  using key_type = typename T::key_type;
  static constexpr bool may_hold_more = !is_template_of<T, key_type>;  // see class_range_node

  template <class U, class Node, class Next>
  [[nodiscard]] static auto make(Node& node, Next&& next) {
    using mapped = typename rebound_map<T, U>::type;
    if constexpr (requires { node.key_comp(); }) {
      mapped made(node.key_comp());
      for (auto const& entry : node) made.emplace_hint(made.end(), entry.first, next());
      return made;
    } else {
      std::vector<std::pair<key_type const*, U>> entries;
      entries.reserve(node.size());
      for (auto const& entry : node) entries.emplace_back(&entry.first, next());
      mapped made(node.bucket_count(), node.hash_function(), node.key_eq());
      made.max_load_factor(node.max_load_factor());
      // Leaves taken from a map must fit a structure made of it, so the iteration order must be kept. A new entry goes to the front, of its
      // bucket or of all: with as many buckets, entries inserted from the last to the first are iterated in the order of `node`.
      for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) made.emplace(*entry->first, std::move(entry->second));
      return made;
    }
  }
};

}  // namespace commfold::detail
