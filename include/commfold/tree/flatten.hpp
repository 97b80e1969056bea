// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/flatten.hpp
/// `tree_flatten` and `tree_unflatten`: a tree as its leaves in a row and its structure, and back.

#include <commfold/error.hpp>
#include <commfold/tree/leaves.hpp>
#include <commfold/tree/structure.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace commfold {

/// What `tree_flatten` returns: `auto [leaves, structure] = tree_flatten(t);`
template <class Leaves, class Structure>
struct flattened {
  Leaves leaves;
  Structure structure;
};

/// What `tree_flatten_with_path` returns: `auto [paths, leaves, structure] = tree_flatten_with_path(t);`
template <class Leaves, class Structure, class Path = tree_path>
struct flattened_with_path {
  std::vector<Path> paths;
  Leaves leaves;
  Structure structure;
};

namespace detail {

struct tree_flatten_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()(Tree const& tree) const {
    return flattened<decltype(tree_leaves(tree)), decltype(tree_structure(tree))>{tree_leaves(tree), tree_structure(tree)};
  }
};

struct tree_flatten_with_path_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()(Tree const& tree) const {
    return flattened_with_path<decltype(tree_leaves(tree)), decltype(tree_structure(tree))>{tree_paths(tree), tree_leaves(tree),
                                                                                            tree_structure(tree)};
  }
};

struct tree_unflatten_fn {
  template <class Shape, product_node Leaves>
  [[nodiscard]] constexpr auto operator()(structure<Shape> const& s, Leaves const& leaves) const {
    constexpr std::size_t given = boost::mp11::mp_size<children_of<Leaves>>::value;
    static_assert(leaf_count<Shape> != dyn,
                  "commfold::tree_unflatten: the number of leaves of this structure is known at run time only; pass a std::vector");
    static_assert(leaf_count<Shape> == dyn || leaf_count<Shape> == given,
                  "commfold::tree_unflatten: the structure has another number of leaves");
    if constexpr (leaf_count<Shape> == given)
      return detail::leaves_into<0>(detail::walk_target(s.shape), leaves);
    else
      return refused_tree{};
  }

  template <class Shape, class Leaf>
  [[nodiscard]] constexpr auto operator()(structure<Shape> const& s, std::vector<Leaf> const& leaves) const {
    std::size_t wanted = 0;
    auto count = [&](no_path, auto const&) { return ++wanted, true; };
    detail::visit(count, no_path{}, s.shape);
    if (wanted != leaves.size())
      fail<structure_error>("commfold::tree_unflatten: the structure has " + std::to_string(wanted) + " leaves, and " +
                            std::to_string(leaves.size()) + " were given");
    std::size_t at = 0;
    auto fill = [&]<class Slot>(no_path, Slot const&) {
      std::size_t const here = at++;
      return take<leaf_of_slot<Slot>>(leaves[here], here);
    };
    return detail::rebuild(fill, no_path{}, s.shape);
  }

 private:
  /// From a row of one type, that leaf; from a row of variants, the alternative that the slot is for.
  template <class Wanted, class Leaf>
  static constexpr Leaf take(Leaf const& leaf, std::size_t) {
    return leaf;
  }
  template <class Wanted, class... Leaves>
  static constexpr Wanted take(std::variant<Leaves...> const& leaf, std::size_t position) {
    Wanted const* held = std::get_if<Wanted>(&leaf);
    if (held == nullptr)
      fail<structure_error>("commfold::tree_unflatten: leaf " + std::to_string(position) + " is not of the type its slot is for");
    return *held;
  }
};

}  // namespace detail

/// tree_flatten(t) = {tree_leaves(t), tree_structure(t)}. Law: tree_unflatten(structure, leaves) is t.
inline constexpr detail::tree_flatten_fn tree_flatten{};

/// tree_flatten_with_path(t): `auto [paths, leaves, structure]`.
inline constexpr detail::tree_flatten_with_path_fn tree_flatten_with_path{};

/// tree_unflatten(structure, leaves): the tree of that structure with these leaves, taken from left to right. Leaves of the types that were
/// flattened give the tree that was flattened (what does not own its children comes back as what does: spans as vectors, raw pointers
/// as optionals); other types give the tree that `tree_map` would. A wrong number of leaves is a compile error when static and a
/// `structure_error` when not.
inline constexpr detail::tree_unflatten_fn tree_unflatten{};

}  // namespace commfold
