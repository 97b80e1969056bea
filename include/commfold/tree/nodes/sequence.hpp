// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/sequence.hpp
/// Vectors, arrays and spans as sequences. Other containers need no line here: see range.hpp and map.hpp.

#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/range.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold {

/// Maps to a vector with the default allocator.
template <class T, class A>
struct node_traits<std::vector<T, A>> : range_node<T, std::vector> {};

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

}  // namespace commfold
