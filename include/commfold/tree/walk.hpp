// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/walk.hpp
/// How a walk goes from a node to its children while other trees of the same structure follow: what `visit` and `rebuild` share.
///
/// A walk is a function object `walk(f, path, node, others...)`: it is called for a node of the leading tree and what stands at its place
/// in the others. Where the leading tree has a leaf, the others may have any subtree, and f takes them all.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/type_at.hpp>
#include <commfold/tree/type_proxy.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace commfold::detail::walks {

/// One tree and no path: all that a walk needs of a node is its children.
template <class Path, class... Others>
concept walks_alone = std::is_same_v<Path, no_path> && sizeof...(Others) == 0;

/// The walk of the I-th child of a product.
template <std::size_t I, class Child, class Walk, class F, class Path, class Node, class... Others>
constexpr auto walk_child(Walk walk, F& f, Path const& path, Node& node, Others&... others) {
  return walk(f, path.template to_child<Node, I>(), detail::child_of<I, Child>(node), node_traits_of<Others>::template child<I>(others)...);
}

/// The walk of the I-th alternative of a choice, which holds it. The others must hold theirs of the same position; but a leaf in a choice
/// whose leaves are interchangeable takes, as any leaf does, whatever the others have at the place of the choice.
template <std::size_t I, class Walk, class F, class Path, class Node, class... Others>
constexpr auto walk_alternative(Walk walk, F& f, Path const& path, Node& node, Others&... others) {
  if constexpr (interchangeable_leaves<Node> && tree_leaf<type_at<I, alternatives_of<Node>>>) {
    return walk(f, path.template to_child<Node, I>(), node_traits_of<Node>::template child<I>(node), others...);
  } else {
    (expect_same_alternative(path, I, node_traits_of<Others>::index(others)), ...);
    return walk(f, path.template to_child<Node, I>(), node_traits_of<Node>::template child<I>(node),
                node_traits_of<Others>::template child<I>(others)...);
  }
}

/// The children of a sequence, one after the other, while another sequence leads: by key where both have keys, else in order.
template <class Node>
class follower {
 public:
  constexpr explicit follower(Node& node) : node_(node), at_(node_traits_of<Node>::begin(node)) {}

  /// The child at the place of an entry of the leading sequence.
  template <class Leader, class Path, class Entry>
  [[nodiscard]] constexpr auto& child(Path const& path, Entry& leading) {
    using traits = node_traits_of<Node>;
    if constexpr (requires { traits::find(node_, node_traits_of<Leader>::key(leading)); }) {
      auto* const found = traits::find(node_, node_traits_of<Leader>::key(leading));
      if (found == nullptr) fail_at(path, "commfold::{}: the trees differ in structure{}: no such key in a following tree");
      return *found;
    } else if constexpr (std::is_lvalue_reference_v<entry>) {
      return child_of_entry<Node>(*at_);
    } else {
      return child_of_entry<Node>(item_.emplace(*at_));
    }
  }
  constexpr void advance() { ++at_; }

 private:
  using iterator = decltype(node_traits_of<Node>::begin(std::declval<Node&>()));
  using entry = decltype(*std::declval<iterator&>());
  struct nothing {};

  Node& node_;
  iterator at_;
  // The entry, where the iterator makes a value, as that of a std::vector<bool> does.
  [[no_unique_address]] std::conditional_t<std::is_lvalue_reference_v<entry>, nothing, std::optional<std::remove_cvref_t<entry>>> item_{};
};

}  // namespace commfold::detail::walks
