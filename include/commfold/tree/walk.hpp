// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/walk.hpp
/// The two recursions that every algorithm over values is made of: one that visits leaves and one that rebuilds the tree around new ones.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/standard_nodes.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class Choice, std::size_t I>
using alternative_of = boost::mp11::mp_at_c<list_of_alternatives<Choice>, I>;

template <class List>
using indices_of = std::make_index_sequence<boost::mp11::mp_size<List>::value>;

/// The children of one sequence, one after the other, while another sequence leads: by key where both have keys, else in order.
template <class Node>
class follower {
 public:
  constexpr explicit follower(Node& node) : node_(node), at_(node_facts<Node>::begin(node)) {}

  template <class Leader, class Path, class Entry>
  [[nodiscard]] constexpr auto& child(Path const& path, char const* verb, Entry& leading) {
    using facts = node_facts<Node>;
    if constexpr (requires { facts::find(node_, node_facts<Leader>::key(leading)); }) {
      auto* const found = facts::find(node_, node_facts<Leader>::key(leading));
      if (found == nullptr) fail_at(path, verb, "no such key in a following tree");
      return *found;
    } else {
      return child_of_entry<Node>(*at_);
    }
  }
  constexpr void advance() { ++at_; }

 private:
  Node& node_;
  decltype(node_facts<Node>::begin(std::declval<Node&>())) at_;
};

template <class F, class Path, class Node, class... Others>
constexpr bool visit(F& f, Path const& path, char const* verb, Node& node, Others&... others);

template <std::size_t I, class F, class Path, class Node, class... Others>
constexpr bool visit_child(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  return visit(f, path.template to_child<Node, I>(), verb, node_facts<Node>::template child<I>(node),
               node_facts<Others>::template child<I>(others)...);
}

// Of a choice, the alternative that it holds: the others must hold theirs of the same position. But a leaf that may take another's place
// takes, as any leaf does, what the others have in its own.
template <std::size_t I, class F, class Path, class Node, class... Others>
constexpr bool visit_alternative(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  if constexpr (free_choice<Node> && tree_leaf<alternative_of<Node, I>>) {
    return visit(f, path.template to_child<Node, I>(), verb, node_facts<Node>::template child<I>(node), others...);
  } else {
    (expect_same_alternative(path, verb, I, node_facts<Others>::index(others)), ...);
    return visit_child<I>(f, path, verb, node, others...);
  }
}

/// visit(f, path, verb, t, others...): f(path, leaf, others' subtrees there...) for each leaf of t in order, as long as f answers true.
template <class F, class Path, class Node, class... Others>
constexpr bool visit(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  using facts = node_facts<Node>;
  constexpr node_kind kind = kind_of<std::remove_cv_t<Node>>;
  if constexpr (kind == node_kind::product) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      // Braces evaluate from left to right, as a fold expression does, and clang nests those at most 256 deep.
      bool go_on = true;
      bool const visited[] = {true, (go_on = go_on && visit_child<I>(f, path, verb, node, others...))...};
      static_cast<void>(visited);
      return go_on;
    }
    (indices_of<typename facts::children>{});
  } else if constexpr (kind == node_kind::sequence) {
    std::size_t const count = facts::count(node);
    (expect_same_count(path, verb, count, node_facts<Others>::count(others)), ...);
    auto entry = facts::begin(node);
    return [&](auto... following) {
      for (std::size_t n = 0; n != count; ++n, ++entry, (following.advance(), ...)) {
        auto&& item = *entry;  // a value where there is nothing to refer to, as in a std::vector<bool>
        auto const here = path.template to_entry<Node>(n, item);
        if (!visit(f, here, verb, child_of_entry<Node>(item), following.template child<Node>(here, verb, item)...)) return false;
      }
      return true;
    }(follower<Others>(others)...);
  } else if constexpr (kind == node_kind::choice) {
    std::size_t const held = facts::index(node);
    bool go_on = true;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (void)((held == I && (go_on = visit_alternative<I>(f, path, verb, node, others...), true)) || ...);
    }
    (indices_of<typename facts::alternatives>{});
    return go_on;
  } else {
    return f(path, node, others...);
  }
}

/// Calls `make` with arguments that were evaluated from left to right: braces promise that, parentheses do not.
template <class Result>
struct in_order {
  Result value;
  template <class Make, class... Args>
  constexpr explicit in_order(Make make, Args&&... args) : value(make(std::forward<Args>(args)...)) {}
};

template <class F, class Path, class Node, class... Others>
constexpr auto rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others);

// The return type is known before the body is, so a type may be met again below itself. No constexpr: clang looks into what is constexpr
// wherever it is named, and so into this body while it still deduces the return type of what named it.
template <class F, class Path, maps_to_one_type Node, class... Others>
typename node_facts<Node>::mapped rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others);

template <std::size_t I, class F, class Path, class Node, class... Others>
constexpr auto rebuild_child(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  return rebuild(f, path.template to_child<Node, I>(), verb, node_facts<Node>::template child<I>(node),
                 node_facts<Others>::template child<I>(others)...);
}

template <std::size_t I, class F, class Path, class Node, class... Others>
constexpr auto rebuild_alternative(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  if constexpr (free_choice<Node> && tree_leaf<alternative_of<Node, I>>) {
    return rebuild(f, path.template to_child<Node, I>(), verb, node_facts<Node>::template child<I>(node), others...);
  } else {
    (expect_same_alternative(path, verb, I, node_facts<Others>::index(others)), ...);
    return rebuild_child<I>(f, path, verb, node, others...);
  }
}

template <class F, class Path, class Node, class... Others>
constexpr auto rebuild_node(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  using facts = node_facts<Node>;
  constexpr node_kind kind = kind_of<std::remove_cv_t<Node>>;
  if constexpr (kind == node_kind::product) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      auto const make = [](auto&&... children) { return facts::make(std::forward<decltype(children)>(children)...); };
      using result = decltype(make(rebuild_child<I>(f, path, verb, node, others...)...));
      return in_order<result>{make, rebuild_child<I>(f, path, verb, node, others...)...}.value;
    }
    (indices_of<typename facts::children>{});
  } else if constexpr (kind == node_kind::sequence) {
    (expect_same_count(path, verb, facts::count(node), node_facts<Others>::count(others)), ...);
    auto entry = facts::begin(node);
    return [&](auto... following) {
      std::size_t n = 0;
      auto const next = [&] {
        auto&& item = *entry;
        auto const here = path.template to_entry<Node>(n, item);
        auto child = rebuild(f, here, verb, child_of_entry<Node>(item), following.template child<Node>(here, verb, item)...);
        ++n, ++entry, (following.advance(), ...);
        return child;
      };
      return facts::template make<decltype(next())>(node, next);
    }(follower<Others>(others)...);
  } else if constexpr (kind == node_kind::choice) {
    std::size_t const held = facts::index(node);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      auto const alternative = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) {
        return facts::template make<J, decltype(rebuild_alternative<I>(f, path, verb, node, others...))...>(
            rebuild_alternative<J>(f, path, verb, node, others...));
      };
      using result = decltype(alternative(std::integral_constant<std::size_t, 0>{}));
      // A table and not a chain of conditions: no alternative has to be made up for the end of the chain.
      constexpr result (*table[])(decltype(alternative) const&) = {
          [](decltype(alternative) const& make) { return make(std::integral_constant<std::size_t, I>{}); }...};
      return table[held](alternative);
    }
    (indices_of<typename facts::alternatives>{});
  } else {
    return f(path, node, others...);
  }
}

/// rebuild(f, path, verb, t, others...): the tree of f(path, leaf, others' subtrees there...), with f called in the order of the leaves.
template <class F, class Path, class Node, class... Others>
constexpr auto rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  return rebuild_node(f, path, verb, node, others...);
}

template <class F, class Path, maps_to_one_type Node, class... Others>
typename node_facts<Node>::mapped rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  using mapped = typename node_facts<Node>::mapped;
  constexpr bool made_what_is_named = std::is_convertible_v<decltype(rebuild_node(f, path, verb, node, others...)), mapped>;
  static_assert(
      made_what_is_named,
      "commfold::tree_map: this type maps to the `mapped` of its node_traits alone, and the leaves became what that does not hold");
  if constexpr (made_what_is_named)
    return rebuild_node(f, path, verb, node, others...);
  else
    std::abort();  // so that this is the only error
}

}  // namespace commfold::detail
