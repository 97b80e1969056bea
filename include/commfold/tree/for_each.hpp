// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/for_each.hpp
/// The algorithms that look at every leaf and build nothing: `tree_for_each`, `tree_fold`, `tree_all`, `tree_any`, each with and without
/// paths.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/type_proxy.hpp>
#include <commfold/tree/visit.hpp>

#include <concepts>
#include <utility>

namespace commfold {

namespace detail {

template <bool WithPath>
struct tree_for_each_fn {
  template <class F, class Tree, class... Rest>
  constexpr void operator()(F&& f, Tree const& tree, Rest const&... rest) const {
    if constexpr (WithPath)
      static_assert(
          std::same_as<difference_among<Tree, Rest...>, no_difference>,
          "commfold::tree_for_each_with_path: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
    else
      static_assert(std::same_as<difference_among<Tree, Rest...>, no_difference>,
                    "commfold::tree_for_each: the trees differ in structure; differs_at<...> holds the positions that lead to the place");
    if constexpr (congruent<Tree, Rest...>) {
      auto leaf = [&]([[maybe_unused]] auto const& path, auto const&... leaves) {
        if constexpr (WithPath)
          static_cast<void>(f(path.whole(), leaves...));
        else
          static_cast<void>(f(leaves...));
        return true;
      };
      walks::visit(leaf, walk_path<WithPath, Rest...>(WithPath ? "tree_for_each_with_path" : "tree_for_each"), detail::walk_target(tree),
                   rest...);
    }
  }
};

template <bool WithPath>
struct tree_fold_fn {
  template <class F, class State, class Tree>
  [[nodiscard]] constexpr State operator()(F&& f, State state, Tree const& tree) const {
    auto leaf = [&]([[maybe_unused]] auto const& path, auto const& x) {
      if constexpr (WithPath)
        state = f(std::move(state), path.whole(), x);
      else
        state = f(std::move(state), x);
      return true;
    };
    walks::visit(leaf, walk_path<WithPath>{}, detail::walk_target(tree));
    return state;
  }
};

/// Asks leaf after leaf, until one answers `Stop`.
template <bool Stop, bool WithPath>
struct tree_search_fn {
  template <class Predicate, class Tree>
  [[nodiscard]] constexpr bool operator()(Predicate&& predicate, Tree const& tree) const {
    auto leaf = [&]([[maybe_unused]] auto const& path, auto const& x) {
      if constexpr (WithPath)
        return static_cast<bool>(predicate(path.whole(), x)) != Stop;
      else
        return static_cast<bool>(predicate(x)) != Stop;
    };
    return walks::visit(leaf, walk_path<WithPath>{}, detail::walk_target(tree)) != Stop;
  }
};

}  // namespace detail

/// tree_for_each(f, t, others...): f(leaf, others' subtrees at that leaf...) for every leaf of t, from left to right.
/// Trees that differ in structure are refused as in `tree_map`.
inline constexpr detail::tree_for_each_fn<false> tree_for_each{};
/// tree_for_each_with_path(f, t, others...): f(path, leaf, ...), with a `tree_path`.
inline constexpr detail::tree_for_each_fn<true> tree_for_each_with_path{};

/// tree_fold(f, s, t) = f(... f(f(s, leaf_0), leaf_1) ..., leaf_n). The state keeps its type.
inline constexpr detail::tree_fold_fn<false> tree_fold{};
/// tree_fold_with_path(f, s, t): a fold by f(state, path, leaf).
inline constexpr detail::tree_fold_fn<true> tree_fold_with_path{};

/// tree_all(p, t): whether p holds for every leaf; true for a tree without leaves. Stops at the first leaf for which it does not.
inline constexpr detail::tree_search_fn<false, false> tree_all{};
/// tree_any(p, t): whether p holds for some leaf; false for a tree without leaves. Stops at the first leaf for which it does.
inline constexpr detail::tree_search_fn<true, false> tree_any{};
/// tree_all_with_path(p, t): whether p(path, leaf) holds for every leaf.
inline constexpr detail::tree_search_fn<false, true> tree_all_with_path{};
/// tree_any_with_path(p, t): whether p(path, leaf) holds for some leaf.
inline constexpr detail::tree_search_fn<true, true> tree_any_with_path{};

}  // namespace commfold
