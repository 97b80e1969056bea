// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/for_each.hpp
/// What looks at every leaf and builds nothing: `tree_for_each`, `tree_fold`, `tree_all`, `tree_any`, each with and without paths.

#include <commfold/tree/walk.hpp>

#include <concepts>
#include <utility>

namespace commfold {

namespace detail {

struct tree_for_each_fn {
  template <class F, class Tree, class... Rest>
  constexpr void operator()(F&& f, Tree const& tree, Rest const&... rest) const {
    static_assert(std::same_as<difference_among<Tree, Rest...>, no_difference>,
                  "commfold::tree_for_each: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
    if constexpr (congruent<Tree, Rest...>) {
      auto leaf = [&](auto const&, auto const&... leaves) { return static_cast<void>(f(leaves...)), true; };
      if constexpr (sizeof...(Rest) == 0)
        detail::visit(leaf, no_path{}, "tree_for_each", detail::walk_target(tree));
      else
        detail::visit(leaf, path_link{}, "tree_for_each", tree, rest...);
    }
  }
};

struct tree_for_each_with_path_fn {
  template <class F, class Tree, class... Rest>
  constexpr void operator()(F&& f, Tree const& tree, Rest const&... rest) const {
    static_assert(
        std::same_as<difference_among<Tree, Rest...>, no_difference>,
        "commfold::tree_for_each_with_path: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
    if constexpr (congruent<Tree, Rest...>) {
      auto leaf = [&](auto const& path, auto const&... leaves) { return static_cast<void>(f(path.whole(), leaves...)), true; };
      detail::visit(leaf, path_link{}, "tree_for_each_with_path", tree, rest...);
    }
  }
};

struct tree_fold_fn {
  template <class F, class State, class Tree>
  [[nodiscard]] constexpr State operator()(F&& f, State state, Tree const& tree) const {
    auto leaf = [&](no_path, auto const& x) { return state = f(std::move(state), x), true; };
    detail::visit(leaf, no_path{}, "tree_fold", detail::walk_target(tree));
    return state;
  }
};

struct tree_fold_with_path_fn {
  template <class F, class State, class Tree>
  [[nodiscard]] constexpr State operator()(F&& f, State state, Tree const& tree) const {
    auto leaf = [&](auto const& path, auto const& x) { return state = f(std::move(state), path.whole(), x), true; };
    detail::visit(leaf, path_link{}, "tree_fold_with_path", detail::walk_target(tree));
    return state;
  }
};

/// Looks until one leaf answers `Stop`.
template <bool Stop>
struct tree_search_fn {
  template <class Predicate, class Tree>
  [[nodiscard]] constexpr bool operator()(Predicate&& predicate, Tree const& tree) const {
    auto leaf = [&](no_path, auto const& x) { return static_cast<bool>(predicate(x)) != Stop; };
    return detail::visit(leaf, no_path{}, "tree_search", detail::walk_target(tree)) != Stop;
  }
};

template <bool Stop>
struct tree_search_with_path_fn {
  template <class Predicate, class Tree>
  [[nodiscard]] constexpr bool operator()(Predicate&& predicate, Tree const& tree) const {
    auto leaf = [&](auto const& path, auto const& x) { return static_cast<bool>(predicate(path.whole(), x)) != Stop; };
    return detail::visit(leaf, path_link{}, "tree_search", detail::walk_target(tree)) != Stop;
  }
};

}  // namespace detail

/// tree_for_each(f, t, others...): f(leaf, others' subtrees at that leaf...) for every leaf of t, from left to right.
/// Trees that differ in structure are refused as in `tree_map`.
inline constexpr detail::tree_for_each_fn tree_for_each{};
/// tree_for_each_with_path(f, t, others...): f(path, leaf, ...).
inline constexpr detail::tree_for_each_with_path_fn tree_for_each_with_path{};

/// tree_fold(f, s, t) = f(... f(f(s, leaf_0), leaf_1) ..., leaf_n). The state keeps its type.
inline constexpr detail::tree_fold_fn tree_fold{};
/// tree_fold_with_path(f, s, t): the same of f(state, path, leaf).
inline constexpr detail::tree_fold_with_path_fn tree_fold_with_path{};

/// tree_all(p, t): whether p holds for every leaf; true for a tree without leaves. Stops at the first that fails.
inline constexpr detail::tree_search_fn<false> tree_all{};
/// tree_any(p, t): whether p holds for some leaf; false for a tree without leaves. Stops at the first that holds.
inline constexpr detail::tree_search_fn<true> tree_any{};
/// tree_all_with_path(p, t), tree_any_with_path(p, t): the same of p(path, leaf).
inline constexpr detail::tree_search_with_path_fn<false> tree_all_with_path{};
inline constexpr detail::tree_search_with_path_fn<true> tree_any_with_path{};

}  // namespace commfold
