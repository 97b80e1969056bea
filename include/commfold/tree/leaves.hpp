// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/leaves.hpp
/// The leaves of a tree in a row: their number, their types, and each of them by its position.

#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/visit.hpp>

#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>

#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace commfold {

/// What `tree_leaves_with_path` returns: `auto [paths, leaves] = tree_leaves_with_path(t);`
template <class Leaves, class Path = tree_path>
struct leaves_with_path {
  std::vector<Path> paths;
  Leaves leaves;
};

namespace detail {

template <class T>
consteval std::size_t count_leaves();

}  // namespace detail

/// The number of leaves of a tree type: `dyn` where a count or a choice is known only at run time.
template <class T>
inline constexpr std::size_t leaf_count = detail::count_leaves<std::remove_cvref_t<T>>();
template <dtype D, std::size_t... E>
inline constexpr std::size_t leaf_count<tensor<D, E...>> = 1;

namespace detail {

consteval std::size_t total_leaves(std::initializer_list<std::size_t> counts) {
  std::size_t total = 0;
  for (std::size_t const count : counts) {
    if (count == dyn) return dyn;
    total += count;
  }
  return total;
}

template <class List>
inline constexpr std::size_t leaf_count_of_list = 0;
template <class... Children>
inline constexpr std::size_t leaf_count_of_list<boost::mp11::mp_list<Children...>> = total_leaves({leaf_count<Children>...});

template <class T>
consteval std::size_t count_leaves() {
  if constexpr (product_node<T>)
    return leaf_count_of_list<children_of<T>>;
  else if constexpr (fixed_sequence<T>)
    return node_traits<T>::static_count == 0  ? 0
           : leaf_count<element_of<T>> == dyn ? dyn
                                              : leaf_count<element_of<T>> * node_traits<T>::static_count;
  else if constexpr (tree_node<T>)
    return dyn;
  else
    return 1;
}

/// Where the leaves of each child start among the leaves of the node.
template <class List>
struct offsets;
template <class... Children>
struct offsets<boost::mp11::mp_list<Children...>> {
  static constexpr std::size_t counts[sizeof...(Children) + 1] = {leaf_count<Children>..., 0};

  [[nodiscard]] static consteval std::size_t of(std::size_t child) {
    std::size_t offset = 0;
    for (std::size_t i = 0; i < child; ++i) offset += counts[i];
    return offset;
  }
  [[nodiscard]] static consteval std::size_t child_with(std::size_t leaf) {
    std::size_t child = 0;
    while (leaf >= counts[child]) leaf -= counts[child++];
    return child;
  }
};

/// leaf_at<K>(t): the K-th leaf of a tree whose number of leaves is static.
template <std::size_t K, class Node>
constexpr auto& leaf_at(Node& node) {
  if constexpr (product_node<Node>) {
    using at = offsets<children_of<Node>>;
    constexpr std::size_t child = at::child_with(K);
    return detail::leaf_at<K - at::of(child)>(node_traits_of<Node>::template child<child>(node));
  } else if constexpr (fixed_sequence<Node>) {
    constexpr std::size_t each_has = leaf_count<element_of<Node>>;
    auto entry = node_traits_of<Node>::begin(node);
    for (std::size_t n = 0; n != K / each_has; ++n) ++entry;
    return detail::leaf_at<K % each_has>(child_of_entry<Node>(*entry));
  } else {
    return node;
  }
}

// The distinct leaf types, in order of appearance. A type that holds itself is met again on the way down and adds nothing new.
template <class T, class Seen>
consteval auto distinct_leaves();

template <class... T>
consteval auto distinct(boost::mp11::mp_list<T...>) {
  return boost::mp11::mp_set_push_back<boost::mp11::mp_list<>, T...>{};
}

template <class Seen, class... Children>
consteval auto distinct_leaves_of(boost::mp11::mp_list<Children...>) {
  return detail::distinct(boost::mp11::mp_append<boost::mp11::mp_list<>, decltype(distinct_leaves<Children, Seen>())...>{});
}

template <class T, class Seen>
consteval auto distinct_leaves() {
  if constexpr (boost::mp11::mp_set_contains<Seen, T>::value) {
    return boost::mp11::mp_list<>{};
  } else {
    using seen = boost::mp11::mp_push_back<Seen, T>;
    if constexpr (product_node<T>)
      return distinct_leaves_of<seen>(children_of<T>{});
    else if constexpr (sequence_node<T>)
      return distinct_leaves<element_of<T>, seen>();
    else if constexpr (choice_node<T>)
      return distinct_leaves_of<seen>(alternatives_of<T>{});
    else
      return boost::mp11::mp_list<T>{};
  }
}

/// A tree of products all of whose leaves are said by their types.
template <class T>
constexpr bool do_leaves_say_all();
template <class T>
inline constexpr bool leaves_say_all = detail::do_leaves_say_all<T>();

template <class... Children>
constexpr bool leaves_of_all_say_all(boost::mp11::mp_list<Children...>) {
  if constexpr (are_leaves({kind_of<Children>...}))
    return all_true({stateless<Children>...});
  else
    return all_true({leaves_say_all<Children>...});
}

template <class T>
constexpr bool do_leaves_say_all() {
  if constexpr (product_node<T>)
    return holds_only_children<T> && detail::leaves_of_all_say_all(children_of<T>{});
  else if constexpr (tree_node<T>)
    return false;
  else
    return stateless<T>;
}

/// What a leaf in a row of run-time length is kept as: itself where all leaves have one type, else a variant.
template <class Leaves>
struct any_leaf {
  using type = boost::mp11::mp_rename<Leaves, std::variant>;
};
template <class Leaf>
struct any_leaf<boost::mp11::mp_list<Leaf>> {
  using type = Leaf;
};
template <>
struct any_leaf<boost::mp11::mp_list<>> {
  using type = std::monostate;
};

template <class T>
using any_leaf_of = typename any_leaf<decltype(distinct_leaves<std::remove_cvref_t<T>, boost::mp11::mp_list<>>())>::type;

/// The row of the leaves of a tree of products, from its type alone.
template <class T>
consteval auto leaves_by_type();

template <class... Children>
consteval auto leaves_of_children(boost::mp11::mp_list<Children...>) {
  if constexpr (are_leaves({kind_of<Children>...}))
    return boost::mp11::mp_list<Children...>{};
  else
    return boost::mp11::mp_append<boost::mp11::mp_list<>, decltype(detail::leaves_by_type<Children>())...>{};
}

template <class T>
consteval auto leaves_by_type() {
  if constexpr (product_node<T>)
    return detail::leaves_of_children(children_of<T>{});
  else
    return boost::mp11::mp_list<T>{};
}

struct tree_leaves_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()(Tree const& tree) const {
    if constexpr (leaves_say_all<Tree>) {
      return boost::mp11::mp_rename<decltype(detail::leaves_by_type<Tree>()), leaf_tuple>{};
    } else if constexpr (leaf_count<Tree> != dyn) {
      return [&]<std::size_t... K>(std::index_sequence<K...>) {
        return leaf_tuple<std::remove_cvref_t<decltype(detail::leaf_at<K>(tree))>...>(detail::leaf_at<K>(tree)...);
      }(std::make_index_sequence<leaf_count<Tree>>{});
    } else {
      std::vector<any_leaf_of<Tree>> leaves;
      auto keep = [&](no_path, auto const& leaf) { return leaves.emplace_back(leaf), true; };
      detail::visit(keep, no_path{}, tree);
      return leaves;
    }
  }
};

struct tree_paths_fn {
  template <class Tree, class Path = tree_path>
  [[nodiscard]] constexpr std::vector<Path> operator()(Tree const& tree) const {
    std::vector<Path> paths;
    auto keep = [&](auto const& path, auto const&) { return paths.push_back(path.whole()), true; };
    detail::visit(keep, path_link{}, detail::walk_target(tree));
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
