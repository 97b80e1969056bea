// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structure.hpp
/// What is left of a tree when its leaves are taken out: `tree_structure`, its equality, and how it prints.

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/leaves.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/rebuild.hpp>
#include <commfold/tree/recursive.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>

namespace commfold {

/// The place of a leaf of type `T` in a structure.
template <class T>
struct leaf_slot {
  using type = T;
  friend constexpr bool operator==(leaf_slot, leaf_slot) = default;
};

template <class T>
inline constexpr bool stateless<leaf_slot<T>> = true;

namespace detail {

/// A path that only tells whether it leads through a node that has one type under every map.
template <bool Through = false>
struct one_type_path {
  static constexpr bool through = Through;
  template <class Node, std::size_t I>
  [[nodiscard]] constexpr auto to_child() const {
    return one_type_path<Through || has_fixed_mapped_type<Node>>{};
  }
  template <class Node, class Entry>
  [[nodiscard]] constexpr auto to_entry(std::size_t, Entry const&) const {
    return one_type_path<Through || has_fixed_mapped_type<Node>>{};
  }
};

/// What is kept in the place of a leaf. The one type that a node has need not be able to hold a slot: there the leaf stays.
struct slot_fn {
  template <bool Through, class Leaf>
  constexpr auto operator()(one_type_path<Through>, Leaf const& leaf) const {
    if constexpr (Through)
      return leaf;
    else
      return leaf_slot<Leaf>{};
  }
};

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

/// The shape of a tree of products that hold only their children, as a type: its nodes are named, and not completed.
template <class T>
struct shape_by_type {
  using type = leaf_slot<T>;
};
template <class T, class List>
struct shape_of_product;
template <class T, class... Children>
struct shape_of_product<T, boost::mp11::mp_list<Children...>> {
  using type = decltype(node_traits<T>::make(std::declval<typename shape_by_type<Children>::type>()...));
};
template <product_node T>
struct shape_by_type<T> : shape_of_product<T, children_of<T>> {};

/// A tree whose shape its type says in full, so that it is never built.
template <class T>
consteval bool is_of_products();
template <class... Children>
consteval bool are_of_products(boost::mp11::mp_list<Children...>) {
  if constexpr (are_leaves({kind_of<Children>...}))
    return true;
  else
    return all_true({detail::is_of_products<Children>()...});
}
template <class T>
consteval bool is_of_products() {
  if constexpr (product_node<T>)
    return holds_only_children<T> && !has_fixed_mapped_type<T> && detail::are_of_products(children_of<T>{});
  else
    return tree_leaf<T>;
}

/// Whether two trees have one structure: nodes of one kind with the same counts, keys and alternatives, leaves in the same places.
template <class A, class B>
constexpr bool same_structure(A const& a, B const& b);

template <class Choice>
constexpr bool holds_leaf(Choice const& node) {
  return [held = node_traits<Choice>::index(node)]<class... T>(boost::mp11::mp_list<T...>) {
    constexpr bool leaf[] = {tree_leaf<T>...};
    return leaf[held];
  }(alternatives_of<Choice>{});
}

template <class A, class B>
constexpr bool same_sequence(A const& a, B const& b) {
  using facts = node_traits<A>;
  using others = node_traits<B>;
  if (facts::count(a) != others::count(b)) return false;
  auto entry = facts::begin(a);
  auto other = others::begin(b);
  for (std::size_t n = facts::count(a); n != 0; --n, ++entry, ++other) {
    if constexpr (requires { others::find(b, facts::key(*entry)); }) {
      auto const* found = others::find(b, facts::key(*entry));
      if (found == nullptr || !same_structure(child_of_entry<A>(*entry), *found)) return false;
    } else {
      if (!same_structure(child_of_entry<A>(*entry), child_of_entry<B>(*other))) return false;
    }
  }
  return true;
}

template <class A, class B>
constexpr bool same_structure(A const& a, B const& b) {
  if constexpr (tree_leaf<A> || tree_leaf<B>) {
    return tree_leaf<A> && tree_leaf<B>;
  } else if constexpr (!congruent<A, B>) {
    return false;
  } else if constexpr (product_node<A>) {
    bool same = true;
    for_each_index<boost::mp11::mp_size<children_of<A>>::value>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      same = same && same_structure(node_traits<A>::template child<I>(a), node_traits<B>::template child<I>(b));
    });
    return same;
  } else if constexpr (sequence_node<A>) {
    return same_sequence(a, b);
  } else {
    std::size_t const held = node_traits<A>::index(a);
    if constexpr (interchangeable_leaves<A> && interchangeable_leaves<B>)
      if (holds_leaf(a) && holds_leaf(b)) return true;
    if (held != node_traits<B>::index(b)) return false;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (false || ... || (held == I && same_structure(node_traits<A>::template child<I>(a), node_traits<B>::template child<I>(b))));
    }(indices_of<alternatives_of<A>>{});
  }
}

template <class T>
void spell(std::string& text, T const& shape) {
  using facts = node_traits<T>;
  if constexpr (product_node<T>) {
    text += keyed_product<T> ? '{' : '(';
    for_each_index<boost::mp11::mp_size<children_of<T>>::value>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      if (I != 0) text += ", ";
      if constexpr (keyed_product<T>) text += std::string(facts::keys()[I]) + ": ";
      spell(text, facts::template child<I>(shape));
    });
    text += keyed_product<T> ? '}' : ')';
  } else if constexpr (sequence_node<T>) {
    text += '[';
    auto entry = facts::begin(shape);
    for (std::size_t n = 0; n != facts::count(shape); ++n, ++entry) {
      if (n != 0) text += ", ";
      if constexpr (requires { facts::key(*entry); }) text += std::string(paths::view_of(text_of_key(facts::key(*entry)))) + ": ";
      spell(text, child_of_entry<T>(*entry));
    }
    text += ']';
  } else if constexpr (choice_node<T>) {
    if (!interchangeable_leaves<T>) text += '<' + std::to_string(facts::index(shape)) + ": ";
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (void)((facts::index(shape) == I && (spell(text, facts::template child<I>(shape)), true)) || ...);
    }(indices_of<alternatives_of<T>>{});
    if (!interchangeable_leaves<T>) text += '>';
  } else {
    text += '*';
  }
}

/// leaves_into<Offset>(shape, leaves): the tree of that shape with its leaves taken from a tuple, from position Offset on.
template <std::size_t Offset, class Shape, class Leaves>
constexpr auto leaves_into(Shape const& shape, Leaves const& leaves) {
  using facts = node_traits<Shape>;
  if constexpr (product_node<Shape>) {
    return [&]<class... Children, std::size_t... I>(boost::mp11::mp_list<Children...>, std::index_sequence<I...>) {
      using at = offsets<children_of<Shape>>;
      return facts::make(detail::leaves_into<Offset + at::of(I)>(detail::child_of<I, Children>(shape), leaves)...);
    }(children_of<Shape>{}, indices_of<children_of<Shape>>{});
  } else if constexpr (fixed_sequence<Shape>) {
    if constexpr (facts::static_count == 0) {
      // No leaf tells the type of the elements, so it is the one that was flattened.
      auto origin = []<class T>(no_path, leaf_slot<T> const&) -> T { std::abort(); };
      using first = decltype(detail::rebuild(origin, no_path{}, std::declval<element_of<Shape> const&>()));
      return facts::template make<first>(shape, []() -> first { std::abort(); });
    } else {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        constexpr std::size_t each_has = leaf_count<element_of<Shape>>;
        using first = decltype(detail::leaves_into<Offset>(std::declval<element_of<Shape> const&>(), leaves));
        element_of<Shape> const any{};
        std::array<first, sizeof...(I)> children{{detail::leaves_into<Offset + I * each_has>(any, leaves)...}};
        return facts::template make<first>(shape, [at = std::size_t{0}, &children]() mutable { return std::move(children[at++]); });
      }(std::make_index_sequence<facts::static_count>{});
    }
  } else {
    return node_traits<Leaves>::template child<Offset>(leaves);
  }
}

}  // namespace detail

namespace detail {

template <class Shape>
struct kept_shape {
  Shape shape;
};
/// A shape without state is no part of the object. A reference, since g++ completes the type of a static member that is an object.
template <class Shape>
  requires(stateless<Shape>)
struct kept_shape<Shape> {
  static constexpr Shape const& shape = stateless_instance<Shape>;
};

}  // namespace detail

/// The structure of a tree: the tree itself with a `leaf_slot` in the place of each leaf. Prints as `{layers: [{wq: *, wk: *}], norm: *}`.
/// Below a node whose `node_traits` name what it maps to, the leaves stay in their places, and matter as little.
template <class Shape>
struct structure : detail::kept_shape<Shape> {
  /// Equal when there is the same kind of node, with the same count, keys and alternative, in every place. The types of leaves do not
  /// matter.
  template <class Other>
  [[nodiscard]] friend constexpr bool operator==(structure const& a, structure<Other> const& b) {
    return detail::same_structure(a.shape, b.shape);
  }

  [[nodiscard]] friend std::string to_string(structure const& s) {
    std::string text;
    detail::spell(text, s.shape);
    return text;
  }
};

namespace detail {

struct tree_structure_fn {
  template <class Tree>
  [[nodiscard]] constexpr auto operator()(Tree const& tree) const {
    static_assert(mappable_tree<Tree>,
                  "commfold::tree_structure: this type holds itself, and so has no structure of its own unless its node_traits name what "
                  "it maps to, as `mapped`; tree_leaves and tree_paths take it");
    if constexpr (mappable_tree<Tree>) {
      if constexpr (is_of_products<Tree>()) {
        return structure<typename shape_by_type<Tree>::type>{};
      } else {
        constexpr slot_fn slot;
        using shape = decltype(detail::rebuild(slot, one_type_path<>{}, tree));
        if constexpr (stateless<shape>)
          return structure<shape>{};
        else
          return structure<shape>{{detail::rebuild(slot, one_type_path<>{}, tree)}};
      }
    } else {
      return refused_tree{};
    }
  }
};

}  // namespace detail

/// tree_structure(t): the structure of t. Law: tree_structure(tree_map(f, t)) == tree_structure(t) for every f that yields leaves.
inline constexpr detail::tree_structure_fn tree_structure{};

}  // namespace commfold
