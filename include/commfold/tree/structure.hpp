// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structure.hpp
/// What is left of a tree when its leaves are taken out: `tree_structure`, its equality, and how it prints.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/rebuild.hpp>
#include <commfold/tree/recursive.hpp>
#include <commfold/tree/same_structure.hpp>
#include <commfold/tree/stateless.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace commfold {

/// The place of a leaf of type `T` in a structure.
template <class T>
struct leaf_slot {
  using type = T;
  friend constexpr bool operator==(leaf_slot, leaf_slot) = default;
};

template <class T>
inline constexpr bool stateless<leaf_slot<T>> = true;

/// A leaf, though it names a tensor.
template <class T>
struct node_traits<leaf_slot<T>> : opaque_leaf {};

namespace detail {

/// The shape of a tree type: the same nodes with a `leaf_slot` in the place of each leaf. A node with a fixed `mapped` type keeps its
/// leaves, since that type may not be able to hold a slot. Nodes are named and not completed: see stateless.hpp.
template <class T, bool Mapped = has_fixed_mapped_type<T>>
struct shape_of {
  using type = leaf_slot<T>;
};
template <class T>
struct shape_of<T, true> {
  using type = typename node_traits<T>::mapped;
};
template <class T>
using shape_of_t = typename shape_of<T>::type;

template <class T, class Children>
struct shape_of_product;
template <class T, class... Children>
struct shape_of_product<T, boost::mp11::mp_list<Children...>> {
  using type = decltype(node_traits<T>::make(std::declval<shape_of_t<Children>>()...));
};
template <class T, class Alternatives>
struct shape_of_choice;
template <class T, class First, class... Rest>
struct shape_of_choice<T, boost::mp11::mp_list<First, Rest...>> {
  using type = decltype(node_traits<T>::template make<0, shape_of_t<First>, shape_of_t<Rest>...>(std::declval<shape_of_t<First>>()));
};

template <product_node T>
struct shape_of<T, false> : shape_of_product<T, children_of<T>> {};
template <sequence_node T>
struct shape_of<T, false> {
  using element = shape_of_t<element_of<T>>;
  using type = decltype(node_traits<T>::template make<element>(std::declval<T const&>(), std::declval<element (&)()>()));
};
template <choice_node T>
struct shape_of<T, false> : shape_of_choice<T, alternatives_of<T>> {};

/// A path that only tells whether it leads through a node with a fixed `mapped` type.
template <bool ThroughMapped = false>
struct mapped_path {
  template <class Node, std::size_t I>
  [[nodiscard]] constexpr auto to_child() const {
    return mapped_path<ThroughMapped || has_fixed_mapped_type<Node>>{};
  }
  template <class Node, class Entry>
  [[nodiscard]] constexpr auto to_entry(std::size_t, Entry const&) const {
    return mapped_path<ThroughMapped || has_fixed_mapped_type<Node>>{};
  }
};

/// What stands in a shape in the place of a leaf.
struct slot_fn {
  static constexpr auto by = walks::maker::structure;

  template <bool ThroughMapped, class Leaf>
  constexpr auto operator()(mapped_path<ThroughMapped>, Leaf const& leaf) const {
    if constexpr (ThroughMapped)
      return leaf;
    else
      return leaf_slot<Leaf>{};
  }
};

template <class T>
void spell(std::string& text, T const& shape) {
  using traits = node_traits<T>;
  if constexpr (product_node<T>) {
    text += keyed_product<T> ? '{' : '(';
    for_each_index<boost::mp11::mp_size<children_of<T>>::value>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      if (I != 0) text += ", ";
      if constexpr (keyed_product<T>) text += std::string(traits::keys()[I]) + ": ";
      spell(text, traits::template child<I>(shape));
    });
    text += keyed_product<T> ? '}' : ')';
  } else if constexpr (sequence_node<T>) {
    text += '[';
    auto entry = traits::begin(shape);
    for (std::size_t n = 0; n != traits::count(shape); ++n, ++entry) {
      if (n != 0) text += ", ";
      if constexpr (requires { traits::key(*entry); }) text += std::string(paths::view_of(text_of_key(traits::key(*entry)))) + ": ";
      spell(text, child_of_entry<T>(*entry));
    }
    text += ']';
  } else if constexpr (choice_node<T>) {
    if (!interchangeable_leaves<T>) text += '<' + std::to_string(traits::index(shape)) + ": ";
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (void)((traits::index(shape) == I && (spell(text, traits::template child<I>(shape)), true)) || ...);
    }(indices_of<alternatives_of<T>>{});
    if (!interchangeable_leaves<T>) text += '>';
  } else {
    text += '*';
  }
}

template <class Shape>
struct kept_shape {
  Shape shape;
};
/// A shape without state is no part of the object. A reference, since g++ completes the type of a static member that is an object.
template <class Shape>
  requires(stateless<Shape>)
struct kept_shape<Shape> {
  static constexpr Shape const& shape = stateless_instance<Shape>;
};

}  // namespace detail

/// The structure of a tree: the tree itself with a `leaf_slot` in the place of each leaf. Prints as `{layers: [{wq: *, wk: *}], norm: *}`.
/// Below a node whose `node_traits` name what it maps to, the leaves stay in their places, and are not compared.
template <class Shape>
struct structure : detail::kept_shape<Shape> {
  /// Equal when there is the same kind of node, with the same count, keys and alternative, in every place. The types of leaves do not
  /// matter.
  template <class Other>
  [[nodiscard]] friend constexpr bool operator==(structure const& a, structure<Other> const& b) {
    return detail::same_structure(a.shape, b.shape);
  }

  [[nodiscard]] friend std::string to_string(structure const& s) {
    std::string text;
    detail::spell(text, s.shape);
    return text;
  }
};

namespace detail {

struct tree_structure_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()([[maybe_unused]] Tree const& tree) const {
    static_assert(mappable_tree<Tree>,
                  "commfold::tree_structure: this type holds itself, and so has no structure of its own unless its node_traits name what "
                  "it maps to, as `mapped`; tree_leaves and tree_paths take it");
    if constexpr (mappable_tree<Tree>) {
      using shape = shape_of_t<Tree>;
      if constexpr (stateless<shape>) {
        return structure<shape>{};
      } else {
        constexpr slot_fn slot;
        return structure<shape>{{walks::rebuild(slot, mapped_path<>{}, tree)}};
      }
    } else {
      return refused_tree{};
    }
  }
};

}  // namespace detail

/// tree_structure(t): the structure of t. Law: tree_structure(tree_map(f, t)) == tree_structure(t) for every f that yields leaves.
inline constexpr detail::tree_structure_fn tree_structure{};

}  // namespace commfold
