// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/walk.hpp
/// The two recursions that every algorithm over values is made of: one that visits leaves and one that rebuilds the tree around new ones.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/type_at.hpp>
#include <commfold/tree/type_proxy.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class Choice, std::size_t I>
using alternative_of = type_at<I, alternatives_of<Choice>>;

template <class List>
using indices_of = std::make_index_sequence<boost::mp11::mp_size<List>::value>;

/// The children of one sequence, one after the other, while another sequence leads: by key where both have keys, else in order.
template <class Node>
class follower {
 public:
  constexpr explicit follower(Node& node) : node_(node), at_(node_traits_of<Node>::begin(node)) {}

  template <class Leader, class Path, class Entry>
  [[nodiscard]] constexpr auto& child(Path const& path, char const* verb, Entry& leading) {
    using facts = node_traits_of<Node>;
    if constexpr (requires { facts::find(node_, node_traits_of<Leader>::key(leading)); }) {
      auto* const found = facts::find(node_, node_traits_of<Leader>::key(leading));
      if (found == nullptr) fail_at(path, verb, "no such key in a following tree");
      return *found;
    } else {
      return child_of_entry<Node>(*at_);
    }
  }
  constexpr void advance() { ++at_; }

 private:
  Node& node_;
  decltype(node_traits_of<Node>::begin(std::declval<Node&>())) at_;
};

template <class F, class Path, class Node, class... Others>
constexpr bool visit(F& f, Path const& path, char const* verb, Node& node, Others&... others);

template <std::size_t I, class Child, class F, class Path, class Node, class... Others>
constexpr bool visit_child(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  return detail::visit(f, path.template to_child<Node, I>(), verb, detail::child_of<I, Child>(node),
                       node_traits_of<Others>::template child<I>(others)...);
}

template <class... Children, std::size_t... I, class F, class Path, class Node, class... Others>
constexpr bool visit_children(boost::mp11::mp_list<Children...>, std::index_sequence<I...>, F& f, Path const& path,
                              [[maybe_unused]] char const* verb, Node& node, Others&... others) {
  // Braces evaluate from left to right, as a fold expression does, and clang nests those at most 256 deep.
  bool go_on = true;
  bool const visited[] = {true, (go_on = go_on && detail::visit_child<I, Children>(f, path, verb, node, others...))...};
  static_cast<void>(visited);
  return go_on;
}

/// The same of one tree without paths: nothing is asked of a child but what it is, and so a leaf costs the call of f alone.
template <class F>
struct visit_each {
  F& f;
  char const* verb;

  template <class... Children>
  constexpr bool operator()(Children&... children) const {
    bool go_on = true;
    if constexpr (are_leaves({kind_of<std::remove_const_t<Children>>...})) {
      bool const visited[] = {true, (go_on = go_on && f(no_path{}, children))...};
      static_cast<void>(visited);
    } else {
      bool const visited[] = {true, (go_on = go_on && detail::visit(f, no_path{}, verb, children))...};
      static_cast<void>(visited);
    }
    return go_on;
  }
};

// Of a choice, the alternative that it holds: the others must hold theirs of the same position. But a leaf that may take another's place
// takes, as any leaf does, what the others have in its own.
template <std::size_t I, class F, class Path, class Node, class... Others>
constexpr bool visit_alternative(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  if constexpr (interchangeable_leaves<Node> && tree_leaf<alternative_of<Node, I>>) {
    return visit(f, path.template to_child<Node, I>(), verb, node_traits_of<Node>::template child<I>(node), others...);
  } else {
    (expect_same_alternative(path, verb, I, node_traits_of<Others>::index(others)), ...);
    return visit(f, path.template to_child<Node, I>(), verb, node_traits_of<Node>::template child<I>(node),
                 node_traits_of<Others>::template child<I>(others)...);
  }
}

/// visit(f, path, verb, t, others...): f(path, leaf, others' subtrees there...) for each leaf of t in order, as long as f answers true.
template <class F, class Path, class Node, class... Others>
constexpr bool visit(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  using facts = node_traits_of<Node>;
  constexpr node_kind kind = kind_of<std::remove_cv_t<Node>>;
  if constexpr (kind == node_kind::product) {
    using children = typename facts::children;
    if constexpr (std::is_same_v<Path, no_path> && sizeof...(Others) == 0)
      return detail::with_children(node, visit_each<F>{f, verb});
    else
      return detail::visit_children(children{}, indices_of<children>{}, f, path, verb, node, others...);
  } else if constexpr (kind == node_kind::sequence) {
    std::size_t const count = facts::count(node);
    (expect_same_count(path, verb, count, node_traits_of<Others>::count(others)), ...);
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
    }(indices_of<typename facts::alternatives>{});
    return go_on;
  } else {
    return f(path, node, others...);
  }
}

/// A node made of children that were evaluated from left to right: braces promise that, parentheses do not.
template <class Facts, class... Children>
struct made_in_order {
  using node = decltype(Facts::make(std::declval<Children>()...));
  node value;
  constexpr explicit made_in_order(Children&&... children) : value(Facts::make(static_cast<Children&&>(children)...)) {}
  constexpr node take() { return std::move(value); }
};

/// A node whose type says all need not be made of its children: they are evaluated, and that is all.
template <class Facts, class... Children>
  requires(all_true({stateless<Children>...}) && read_by_type<decltype(Facts::make(std::declval<Children>()...))>)
struct made_in_order<Facts, Children...> {
  using node = decltype(Facts::make(std::declval<Children>()...));
  constexpr explicit made_in_order(Children const&...) {}
  constexpr node take() { return {}; }
};

template <class F, class Path, class Node, class... Others>
constexpr auto rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others);

// The return type is known before the body is, so a type may be met again below itself. No constexpr: clang looks into what is constexpr
// wherever it is named, and so into this body while it still deduces the return type of what named it.
template <class F, class Path, has_fixed_mapped_type Node, class... Others>
typename node_traits_of<Node>::mapped rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others);

template <std::size_t I, class Child, class F, class Path, class Node, class... Others>
constexpr auto rebuild_child(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  return detail::rebuild(f, path.template to_child<Node, I>(), verb, detail::child_of<I, Child>(node),
                         node_traits_of<Others>::template child<I>(others)...);
}

template <class... Children, std::size_t... I, class F, class Path, class Node, class... Others>
constexpr auto rebuild_children(boost::mp11::mp_list<Children...>, std::index_sequence<I...>, F& f, Path const& path,
                                [[maybe_unused]] char const* verb, Node& node, Others&... others) {
  using made = made_in_order<node_traits_of<Node>, decltype(detail::rebuild_child<I, Children>(f, path, verb, node, others...))...>;
  return made{detail::rebuild_child<I, Children>(f, path, verb, node, others...)...}.take();
}

/// Whether f does no more with a leaf of each of these types than to hand it to a function of the user's, its `f`.
template <class F, class... Leaves>
concept only_forwards = requires { requires F::template only_forwards<Leaves...>; };

/// The same of one tree without paths: a leaf costs the call of f alone, and where f would only forward it, that of the user's function.
template <class Facts, class F>
struct rebuild_each {
  F& f;
  char const* verb;

  template <class... Children>
  constexpr auto operator()(Children&... children) const {
    if constexpr (!are_leaves({kind_of<std::remove_const_t<Children>>...})) {
      using made = made_in_order<Facts, decltype(detail::rebuild(f, no_path{}, verb, children))...>;
      return made{detail::rebuild(f, no_path{}, verb, children)...}.take();
    } else if constexpr (only_forwards<F, std::remove_const_t<Children>...>) {
      using made = made_in_order<Facts, decltype(f.f(children))...>;
      return made{f.f(children)...}.take();
    } else {
      using made = made_in_order<Facts, decltype(f(no_path{}, children))...>;
      return made{f(no_path{}, children)...}.take();
    }
  }
};

template <std::size_t I, class F, class Path, class Node, class... Others>
constexpr auto rebuild_alternative(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  if constexpr (interchangeable_leaves<Node> && tree_leaf<alternative_of<Node, I>>) {
    return rebuild(f, path.template to_child<Node, I>(), verb, node_traits_of<Node>::template child<I>(node), others...);
  } else {
    (expect_same_alternative(path, verb, I, node_traits_of<Others>::index(others)), ...);
    return rebuild(f, path.template to_child<Node, I>(), verb, node_traits_of<Node>::template child<I>(node),
                   node_traits_of<Others>::template child<I>(others)...);
  }
}

template <class F, class Path, class Node, class... Others>
constexpr auto rebuild_node(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  using facts = node_traits_of<Node>;
  constexpr node_kind kind = kind_of<std::remove_cv_t<Node>>;
  if constexpr (kind == node_kind::product) {
    using children = typename facts::children;
    if constexpr (std::is_same_v<Path, no_path> && sizeof...(Others) == 0)
      return detail::with_children(node, rebuild_each<facts, F>{f, verb});
    else
      return detail::rebuild_children(children{}, indices_of<children>{}, f, path, verb, node, others...);
  } else if constexpr (kind == node_kind::sequence) {
    (expect_same_count(path, verb, facts::count(node), node_traits_of<Others>::count(others)), ...);
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
    }(indices_of<typename facts::alternatives>{});
  } else {
    return f(path, node, others...);
  }
}

/// rebuild(f, path, verb, t, others...): the tree of f(path, leaf, others' subtrees there...), with f called in the order of the leaves.
template <class F, class Path, class Node, class... Others>
constexpr auto rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  return detail::rebuild_node(f, path, verb, node, others...);
}

template <class F, class Path, has_fixed_mapped_type Node, class... Others>
typename node_traits_of<Node>::mapped rebuild(F& f, Path const& path, char const* verb, Node& node, Others&... others) {
  using mapped = typename node_traits_of<Node>::mapped;
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
