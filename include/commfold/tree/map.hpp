// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/map.hpp
/// `tree_map` and `tree_map_only`: a tree of the same structure, with other leaves.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/predicates.hpp>
#include <commfold/tree/rebuild.hpp>
#include <commfold/tree/recursive.hpp>
#include <commfold/tree/type_proxy.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {

/// f(leaf, others...), or f(path, leaf, others...).
template <bool WithPath, class F>
struct at_leaf {
  static constexpr auto by = WithPath ? walks::maker::map_with_path : walks::maker::map;
  F& f;

  template <class...>
  static constexpr bool only_forwards = !WithPath;

  template <class Path, class... Leaves>
  constexpr auto operator()([[maybe_unused]] Path const& path, Leaves const&... leaves) const {
    if constexpr (WithPath)
      return f(path.whole(), leaves...);
    else
      return f(leaves...);
  }
};

template <bool WithPath>
struct tree_map_fn {
  template <class F, class Tree, class... Rest>
  constexpr auto operator()(F&& f, Tree const& tree, Rest const&... rest) const {
    if constexpr (WithPath) {
      static_assert(
          std::same_as<difference_among<Tree, Rest...>, no_difference>,
          "commfold::tree_map_with_path: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
      static_assert(mappable_tree<Tree>,
                    "commfold::tree_map_with_path: this type holds itself, so its node_traits must name the type that it maps to, as "
                    "`mapped`; tree_for_each, tree_fold and sum_tensors take it");
    } else {
      static_assert(std::same_as<difference_among<Tree, Rest...>, no_difference>,
                    "commfold::tree_map: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
      static_assert(mappable_tree<Tree>,
                    "commfold::tree_map: this type holds itself, so its node_traits must name the type that it maps to, as `mapped`; "
                    "tree_for_each, tree_fold and sum_tensors take it");
    }
    if constexpr (congruent<Tree, Rest...> && mappable_tree<Tree>) {
      at_leaf<WithPath, std::remove_reference_t<F>> const leaf{f};
      return walks::rebuild(leaf, walk_path<WithPath, Rest...>(WithPath ? "tree_map_with_path" : "tree_map"), detail::walk_target(tree),
                            rest...);
    } else {
      return refused_tree{};
    }
  }
};

/// A `From` that initialises a `Leaf` without a cast and without loss: a static tensor initialises a dynamic one, but a double no int.
template <class From, class Leaf>
concept converts_without_loss = std::convertible_to<From, Leaf> && requires(From&& from) { Leaf{std::forward<From>(from)}; };

/// f of a leaf where the predicate holds, else the leaf. A predicate that answers with a type decides while compiling, and then f may
/// change the type of the leaf.
template <bool WithPath, class Predicate, class F>
struct at_selected_leaf {
  static constexpr auto by = WithPath ? walks::maker::map_only_with_path : walks::maker::map_only;
  Predicate& predicate;
  F& f;

  template <class... Leaves>
  static constexpr bool only_forwards = !WithPath && all_true({selects<Predicate, Leaves> == selection::yes...});

  template <class Path, class Leaf>
  constexpr auto operator()([[maybe_unused]] Path const& path, Leaf const& leaf) const {
    constexpr selection decided = selects<Predicate, Leaf>;
    at_leaf<WithPath, F> const mapped{f};
    if constexpr (decided == selection::yes) {
      return mapped(path, leaf);
    } else if constexpr (decided == selection::no) {
      return leaf;
    } else {
      constexpr bool keeps_the_type = converts_without_loss<decltype(mapped(path, leaf)), Leaf>;
      static_assert(keeps_the_type || WithPath,
                    "commfold::tree_map_only: a predicate that is answered at run time cannot change the type of a leaf; answer with a "
                    "std::bool_constant, as is_tensor does");
      static_assert(keeps_the_type || !WithPath,
                    "commfold::tree_map_only_with_path: a predicate that is answered at run time cannot change the type of a leaf; answer "
                    "with a std::bool_constant, as is_tensor does");
      if constexpr (keeps_the_type)
        return predicate(leaf) ? Leaf(mapped(path, leaf)) : leaf;
      else
        return refused_tree{};
    }
  }
};

template <bool WithPath>
struct tree_map_only_fn {
  template <class Predicate, class F, class Tree>
  constexpr auto operator()(Predicate&& predicate, F&& f, Tree const& tree) const {
    if constexpr (WithPath)
      static_assert(mappable_tree<Tree>,
                    "commfold::tree_map_only_with_path: this type holds itself, so its node_traits must name the type that it maps to, as "
                    "`mapped`; tree_for_each, tree_fold and sum_tensors take it");
    else
      static_assert(mappable_tree<Tree>,
                    "commfold::tree_map_only: this type holds itself, so its node_traits must name the type that it maps to, as `mapped`; "
                    "tree_for_each, tree_fold and sum_tensors take it");
    if constexpr (mappable_tree<Tree>) {
      at_selected_leaf<WithPath, std::remove_reference_t<Predicate>, std::remove_reference_t<F>> const leaf{predicate, f};
      return walks::rebuild(leaf, walk_path<WithPath>{}, detail::walk_target(tree));
    } else {
      return refused_tree{};
    }
  }
};

}  // namespace detail

/// tree_map(f, t, others...): the tree of f(leaf, others' subtrees at that leaf...), leaves taken from left to right. The others must
/// have the structure of t, down to the leaves of t.
///
/// A tuple maps to a tuple, a container to a container, a plain struct to itself where its children keep their types, else to a
/// `mapped_struct`. What does not own its children (spans, raw pointers) maps to what does (vectors, optionals).
/// Trees whose types differ in structure are a compile error; counts, keys and alternatives that differ are a `structure_error`, which
/// names the path. A type that holds itself can be summed, visited and folded; to be mapped, its `node_traits` name what it maps to, as
/// `mapped`.
inline constexpr detail::tree_map_fn<false> tree_map{};

/// tree_map_with_path(f, t, others...): the tree of f(path, leaf, ...), with a `tree_path`.
inline constexpr detail::tree_map_fn<true> tree_map_with_path{};

/// tree_map_only(predicate, f, t): f on the leaves for which the predicate holds; the others stay. See `is_tensor`, `is_type`.
inline constexpr detail::tree_map_only_fn<false> tree_map_only{};

/// tree_map_only_with_path(predicate, f, t): f(path, leaf) on the leaves for which the predicate holds; the others stay.
inline constexpr detail::tree_map_only_fn<true> tree_map_only_with_path{};

}  // namespace commfold
