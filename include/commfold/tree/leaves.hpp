// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/leaves.hpp
/// The leaves of a tree side by side, and their paths: `tree_leaves`, `tree_paths`, `tree_leaves_with_path`.

#include <commfold/tree/leaf_count.hpp>
#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/leaf_types.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/stateless.hpp>
#include <commfold/tree/type_proxy.hpp>
#include <commfold/tree/visit.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold {

/// What `tree_leaves_with_path` returns: `auto [paths, leaves] = tree_leaves_with_path(t);`
template <class Leaves, class Path = tree_path>
struct leaves_with_path {
  std::vector<Path> paths;
  Leaves leaves;
};

namespace detail {

/// leaf_at<K>(t): the K-th leaf of a tree whose number of leaves is static.
template <std::size_t K, class Node>
constexpr auto& leaf_at(Node& node) {
  if constexpr (product_node<Node>) {
    using offsets = leaf_offsets<children_of<Node>>;
    constexpr std::size_t child = offsets::child_with(K);
    return detail::leaf_at<K - offsets::of(child)>(node_traits_of<Node>::template child<child>(node));
  } else if constexpr (fixed_sequence<Node>) {
    constexpr std::size_t each_has = leaf_count<element_of<Node>>;
    auto entry = node_traits_of<Node>::begin(node);
    for (std::size_t n = 0; n != K / each_has; ++n) ++entry;
    return detail::leaf_at<K % each_has>(child_of_entry<Node>(*entry));
  } else {
    return node;
  }
}

struct tree_leaves_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()(Tree const& tree) const {
    if constexpr (leaves_are_stateless<Tree>) {
      return boost::mp11::mp_rename<decltype(detail::list_leaf_types<Tree>()), leaf_tuple>{};
    } else if constexpr (leaf_count<Tree> != dyn) {
      return [&]<std::size_t... K>(std::index_sequence<K...>) {
        return leaf_tuple<std::remove_cvref_t<decltype(detail::leaf_at<K>(tree))>...>(detail::leaf_at<K>(tree)...);
      }(std::make_index_sequence<leaf_count<Tree>>{});
    } else {
      std::vector<any_leaf_of<Tree>> leaves;
      auto keep = [&](no_path, auto const& leaf) { return leaves.emplace_back(leaf), true; };
      walks::visit(keep, no_path{}, tree);
      return leaves;
    }
  }
};

struct tree_paths_fn {
  template <class Tree, class Path = tree_path>
  [[nodiscard]] constexpr std::vector<Path> operator()(Tree const& tree) const {
    std::vector<Path> paths;
    auto keep = [&](auto const& path, auto const&) { return paths.push_back(path.whole()), true; };
    walks::visit(keep, path_link{}, detail::walk_target(tree));
    return paths;
  }
};

struct tree_leaves_with_path_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()(Tree const& tree) const {
    return leaves_with_path<decltype(tree_leaves_fn{}(tree))>{tree_paths_fn{}(tree), tree_leaves_fn{}(tree)};
  }
};

}  // namespace detail

/// tree_leaves(t): the leaves of t from left to right. Where their number is static, a `leaf_tuple` of them, each with its type;
/// else a `std::vector`: of the leaf type where there is one, of a `std::variant` of the leaf types where there are several.
inline constexpr detail::tree_leaves_fn tree_leaves{};

/// tree_paths(t): the paths of the leaves, in the same order.
inline constexpr detail::tree_paths_fn tree_paths{};

/// tree_leaves_with_path(t): the paths of the leaves and the leaves, as `leaves_with_path`.
inline constexpr detail::tree_leaves_with_path_fn tree_leaves_with_path{};

}  // namespace commfold
