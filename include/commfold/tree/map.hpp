// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/map.hpp
/// `tree_map` and `tree_map_only`: a tree of the same structure, with other leaves.

#include <commfold/tree/predicates.hpp>
#include <commfold/tree/recursive.hpp>
#include <commfold/tree/walk.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {

/// f of every leaf.
template <class F>
struct each_leaf {
  F& f;

  template <class...>
  static constexpr bool only_forwards = true;

  template <class Leaf>
  constexpr auto operator()(no_path, Leaf const& leaf) const {
    return f(leaf);
  }
};

struct tree_map_fn {
  template <class F, class Tree, class... Rest>
  constexpr auto operator()(F&& f, Tree const& tree, Rest const&... rest) const {
    static_assert(std::same_as<difference_among<Tree, Rest...>, no_difference>,
                  "commfold::tree_map: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
    static_assert(mappable_tree<Tree>,
                  "commfold::tree_map: this type holds itself, and so has no image unless its node_traits name it, as `mapped`; "
                  "tree_for_each, tree_fold and sum_tensors take it");
    if constexpr (congruent<Tree, Rest...> && mappable_tree<Tree>) {
      if constexpr (sizeof...(Rest) == 0) {
        each_leaf<std::remove_reference_t<F>> const each{f};
        return detail::rebuild(each, no_path{}, "tree_map", detail::walk_target(tree));
      } else {
        auto leaf = [&](auto const&, auto const&... leaves) { return f(leaves...); };
        return detail::rebuild(leaf, path_link{}, "tree_map", tree, rest...);
      }
    } else {
      return refused_tree{};
    }
  }
};

struct tree_map_with_path_fn {
  template <class F, class Tree, class... Rest>
  constexpr auto operator()(F&& f, Tree const& tree, Rest const&... rest) const {
    static_assert(
        std::same_as<difference_among<Tree, Rest...>, no_difference>,
        "commfold::tree_map_with_path: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
    static_assert(mappable_tree<Tree>,
                  "commfold::tree_map_with_path: this type holds itself, and so has no image unless its node_traits name it, as `mapped`; "
                  "tree_for_each, tree_fold and sum_tensors take it");
    if constexpr (congruent<Tree, Rest...> && mappable_tree<Tree>) {
      auto leaf = [&](auto const& path, auto const&... leaves) { return f(path.whole(), leaves...); };
      return detail::rebuild(leaf, path_link{}, "tree_map_with_path", tree, rest...);
    } else {
      return refused_tree{};
    }
  }
};

/// What `Leaf` can be initialised from without a cast: a static tensor for a dynamic one, but no double for an int.
template <class From, class Leaf>
concept converts_without_loss = std::convertible_to<From, Leaf> && requires(From&& from) { Leaf{std::forward<From>(from)}; };

/// The leaf itself where the predicate says no. A predicate that answers with a type decides while compiling, and f may change the type.
template <class Predicate, class F, class Leaf>
constexpr auto apply_only(Predicate& predicate, F& f, Leaf const& leaf) {
  constexpr selection decided = selects<Predicate, Leaf>;
  if constexpr (decided == selection::yes) {
    return f(leaf);
  } else if constexpr (decided == selection::no) {
    return leaf;
  } else {
    constexpr bool keeps_the_type = converts_without_loss<decltype(f(leaf)), Leaf>;
    static_assert(keeps_the_type,
                  "commfold::tree_map_only: a predicate that is answered at run time cannot change the type of a leaf; answer with a "
                  "std::bool_constant, as is_tensor does");
    if constexpr (keeps_the_type)
      return predicate(leaf) ? Leaf(f(leaf)) : leaf;
    else
      return refused_tree{};
  }
}

/// apply_only of every leaf.
template <class Predicate, class F>
struct only_selected {
  Predicate& predicate;
  F& f;

  template <class... Leaves>
  static constexpr bool only_forwards = all_true({selects<Predicate, Leaves> == selection::yes...});

  template <class Leaf>
  constexpr auto operator()(no_path, Leaf const& leaf) const {
    return detail::apply_only(predicate, f, leaf);
  }
};

struct tree_map_only_fn {
  template <class Predicate, class F, class Tree>
  constexpr auto operator()(Predicate&& predicate, F&& f, Tree const& tree) const {
    static_assert(mappable_tree<Tree>,
                  "commfold::tree_map_only: this type holds itself, and so has no image unless its node_traits name it, as `mapped`; "
                  "tree_for_each, tree_fold and sum_tensors take it");
    if constexpr (mappable_tree<Tree>) {
      only_selected<std::remove_reference_t<Predicate>, std::remove_reference_t<F>> const only{predicate, f};
      return detail::rebuild(only, no_path{}, "tree_map_only", detail::walk_target(tree));
    } else {
      return refused_tree{};
    }
  }
};

struct tree_map_only_with_path_fn {
  template <class Predicate, class F, class Tree>
  constexpr auto operator()(Predicate&& predicate, F&& f, Tree const& tree) const {
    static_assert(
        mappable_tree<Tree>,
        "commfold::tree_map_only_with_path: this type holds itself, and so has no image unless its node_traits name it, as `mapped`; "
        "tree_for_each, tree_fold and sum_tensors take it");
    if constexpr (mappable_tree<Tree>) {
      auto only = [&](auto const& path, auto const& leaf) {
        auto at_path = [&](auto const& x) { return f(path.whole(), x); };
        return detail::apply_only(predicate, at_path, leaf);
      };
      return detail::rebuild(only, path_link{}, "tree_map_only_with_path", detail::walk_target(tree));
    } else {
      return refused_tree{};
    }
  }
};

}  // namespace detail

/// tree_map(f, t, others...): the tree of f(leaf, others' subtrees at that leaf...), leaves taken from left to right. t's structure rules:
/// the others must have it too, down to the leaves of t.
///
/// A tuple maps to a tuple, a container to a container, a plain struct to itself where the types of its children are kept and to an
/// `image` where not; what does not own its children (spans, raw pointers) maps to what does (vectors, optionals).
/// Trees whose types differ in structure are a compile error, counts, keys and alternatives that differ a `structure_error` with the path.
/// A type that holds itself can be summed, visited and folded; it has an image where its `node_traits` name one, as `mapped`.
inline constexpr detail::tree_map_fn tree_map{};

/// tree_map_with_path(f, t, others...): the same of f(path, leaf, ...), with a `tree_path`.
inline constexpr detail::tree_map_with_path_fn tree_map_with_path{};

/// tree_map_only(predicate, f, t): f on the leaves for which the predicate holds; the others stay. See `is_tensor`, `is_type`.
inline constexpr detail::tree_map_only_fn tree_map_only{};

/// tree_map_only_with_path(predicate, f, t): the same of f(path, leaf).
inline constexpr detail::tree_map_only_with_path_fn tree_map_only_with_path{};

}  // namespace commfold
