// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/flatten.hpp
/// `tree_flatten` and `tree_unflatten`: a tree taken apart into its leaves and its structure, and put together again.

#include <commfold/error.hpp>
#include <commfold/tree/congruence.hpp>
#include <commfold/tree/leaf_count.hpp>
#include <commfold/tree/leaves.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/rebuild.hpp>
#include <commfold/tree/structure.hpp>
#include <commfold/tree/type_proxy.hpp>
#include <commfold/tree/visit.hpp>
#include <commfold/tree/walk.hpp>

#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
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

/// leaves_into<Offset>(shape, leaves): the tree of that shape with the leaves of a tuple, from position Offset on.
template <std::size_t Offset, class Shape, class Leaves>
constexpr auto leaves_into(Shape const& shape, Leaves const& leaves) {
  using traits = node_traits<Shape>;
  if constexpr (product_node<Shape>) {
    return [&]<class... Children, std::size_t... I>(boost::mp11::mp_list<Children...>, std::index_sequence<I...>) {
      using at = leaf_offsets<children_of<Shape>>;
      return traits::make(detail::leaves_into<Offset + at::of(I)>(detail::child_of<I, Children>(shape), leaves)...);
    }(children_of<Shape>{}, indices_of<children_of<Shape>>{});
  } else if constexpr (fixed_sequence<Shape>) {
    if constexpr (traits::static_count == 0) {
      // There is no leaf, so the elements have the type that was flattened.
      auto const origin = []<class T>(no_path, leaf_slot<T> const&) -> T { std::abort(); };
      using original = walks::made_by<walks::maker::unflatten, std::remove_const_t<decltype(origin)>>;
      using first = decltype(walks::rebuild(std::declval<original const&>(), no_path{}, std::declval<element_of<Shape> const&>()));
      return traits::template make<first>(shape, []() -> first { std::abort(); });
    } else {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        constexpr std::size_t each_has = leaf_count<element_of<Shape>>;
        using first = decltype(detail::leaves_into<Offset>(std::declval<element_of<Shape> const&>(), leaves));
        element_of<Shape> const any{};
        std::array<first, sizeof...(I)> children{{detail::leaves_into<Offset + I * each_has>(any, leaves)...}};
        return traits::template make<first>(shape, [at = std::size_t{0}, &children]() mutable { return std::move(children[at++]); });
      }(std::make_index_sequence<traits::static_count>{});
    }
  } else {
    return node_traits<Leaves>::template child<Offset>(leaves);
  }
}

template <class Slot>
struct slot_of {
  using type = Slot;
};
template <class T>
struct slot_of<leaf_slot<T>> {
  using type = T;
};
/// The type of the leaf that was in a slot's place.
template <class Slot>
using leaf_of_slot = typename slot_of<Slot>::type;

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
    auto count = [&](no_path, auto const&) {
      ++wanted;
      return true;
    };
    walks::visit(count, no_path{}, s.shape);
    if (wanted != leaves.size())
      fail<structure_error>("commfold::tree_unflatten", "the structure has {} leaves, and {} were given", wanted, leaves.size());
    std::size_t at = 0;
    auto const next = [&]<class Slot>(no_path, Slot const&) {
      std::size_t const here = at++;
      return take<leaf_of_slot<Slot>>(leaves[here], here);
    };
    walks::made_by<walks::maker::unflatten, std::remove_const_t<decltype(next)>> const fill{next};
    return walks::rebuild(fill, no_path{}, s.shape);
  }

 private:
  /// The leaf for a slot of a `Wanted`: the leaf itself, or, where leaves of several types came as variants, what the variant holds.
  template <class Wanted, class Leaf>
  static constexpr Leaf take(Leaf const& leaf, std::size_t) {
    return leaf;
  }
  template <class Wanted, class... Leaves>
  static constexpr Wanted take(std::variant<Leaves...> const& leaf, std::size_t position) {
    Wanted const* held = std::get_if<Wanted>(&leaf);
    if (held == nullptr) fail<structure_error>("commfold::tree_unflatten", "leaf {} is not of the type its slot is for", position);
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
