// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/compile_time/trees.hpp
/// The trees of the compile-time cases, of BENCHMARK_SIZE leaves of as many types, in the node that a peer works on.

#include <commfold/tensor/tensor.hpp>

#if defined(PEER_COMMFOLD_HANA) || defined(PEER_HANA_FOLD_LEFT) || defined(PEER_HANA_UNPACK) || defined(PEER_HANA_TRANSFORM) || \
    defined(PEER_HANA_FLATTEN)
#define NODE_OF_HANA
#include <boost/hana/tuple.hpp>
#endif

#include <cstddef>
#include <initializer_list>
#include <tuple>
#include <utility>

namespace trees {

namespace cf = commfold;

/// The node that the trees of a peer are made of.
#ifdef NODE_OF_HANA
template <class... T>
using node = boost::hana::tuple<T...>;
#else
template <class... T>
using node = std::tuple<T...>;
#endif

/// A leaf of 4 * (I + 1) bytes.
template <std::size_t I>
using leaf = cf::tensor<cf::f32, I + 1>;

/// The bytes of all leaves of a tree.
inline constexpr std::size_t bytes_of_all = std::size_t{2} * BENCHMARK_SIZE * (BENCHMARK_SIZE + 1);

/// All leaves in one node.
template <template <class...> class Node, class Leaves = std::make_index_sequence<BENCHMARK_SIZE>>
struct flat;
template <template <class...> class Node, std::size_t... I>
struct flat<Node, std::index_sequence<I...>> {
  using type = Node<leaf<I>...>;
};

/// The leaves below a child of a node that has more than 16 of them: the largest power of 16 that leaves several children.
consteval std::size_t leaves_of_child(std::size_t leaves) {
  std::size_t of_child = 1;
  while (of_child * 16 < leaves) of_child *= 16;
  return of_child;
}

/// Nodes of 16 children, down to the leaves; the topmost has fewer where BENCHMARK_SIZE is no power of 16.
template <template <class...> class Node, std::size_t First, std::size_t Leaves,
          class Children = std::make_index_sequence<Leaves / leaves_of_child(Leaves)>>
struct of_16;
template <template <class...> class Node, std::size_t First, std::size_t Leaves, std::size_t... I>
struct of_16<Node, First, Leaves, std::index_sequence<I...>> {
  using type = Node<typename of_16<Node, First + I * leaves_of_child(Leaves), leaves_of_child(Leaves)>::type...>;
};
template <template <class...> class Node, std::size_t First, std::size_t... I>
struct of_16<Node, First, 16, std::index_sequence<I...>> {
  using type = Node<leaf<First + I>...>;
};

/// One node whose children are `Row<I>::type`, each with `Width` leaves.
template <template <class...> class Node, template <std::size_t> class Row, std::size_t Width,
          class Rows = std::make_index_sequence<BENCHMARK_SIZE / Width>>
struct of_rows;
template <template <class...> class Node, template <std::size_t> class Row, std::size_t Width, std::size_t... I>
struct of_rows<Node, Row, Width, std::index_sequence<I...>> {
  using type = Node<typename Row<I>::type...>;
};

/// A sum of a list in braces: clang nests no fold expression deeper than 256.
template <class Number>
constexpr Number total(std::initializer_list<Number> sizes) {
  Number sum = 0;
  for (Number const size : sizes) sum += size;
  return sum;
}

}  // namespace trees
