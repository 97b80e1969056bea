// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/compile_time/rows.hpp
/// BENCHMARK_SIZE distinct leaves in nodes of 16, and the leaves that they are mapped to: the trees of tree_map_only.cpp and
/// tree_flatten.cpp.

#include "trees.hpp"

#include <cstddef>
#include <utility>

namespace trees {

/// The I-th node of 16: a `Node` of `Leaf<16 * I>` to `Leaf<16 * I + 15>`.
template <template <class...> class Node, template <std::size_t> class Leaf>
struct row_of {
  template <std::size_t I, class Leaves = std::make_index_sequence<16>>
  struct at;
  template <std::size_t I, std::size_t... J>
  struct at<I, std::index_sequence<J...>> {
    using type = Node<Leaf<16 * I + J>...>;
  };
  template <std::size_t I>
  struct row {
    using type = typename at<I>::type;
  };
};

/// The I-th node of 16 as a plain struct.
template <std::size_t I>
struct block {
  leaf<16 * I> a;
  leaf<16 * I + 1> b;
  leaf<16 * I + 2> c;
  leaf<16 * I + 3> d;
  leaf<16 * I + 4> e;
  leaf<16 * I + 5> f;
  leaf<16 * I + 6> g;
  leaf<16 * I + 7> h;
  leaf<16 * I + 8> i;
  leaf<16 * I + 9> j;
  leaf<16 * I + 10> k;
  leaf<16 * I + 11> l;
  leaf<16 * I + 12> m;
  leaf<16 * I + 13> n;
  leaf<16 * I + 14> o;
  leaf<16 * I + 15> p;
};

/// The struct, defined: a program that has structs defines them, whether it asks anything of them or not.
template <std::size_t I>
struct defined_block {
  using type = block<I>;
  static_assert(sizeof(type) != 0);
};

/// The leaf that a leaf is mapped to.
template <std::size_t I>
using half_leaf = cf::tensor<cf::bf16, I + 1>;

struct halve_fn {
  template <std::size_t... E>
  constexpr cf::tensor<cf::bf16, E...> operator()(cf::tensor<cf::f32, E...> const&) const {
    return {};
  }
};

}  // namespace trees
