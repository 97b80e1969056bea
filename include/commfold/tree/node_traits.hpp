// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/node_traits.hpp
/// How a type becomes a node: the customization point, the three kinds of node, and the order that decides what a type is.

#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/opaque_leaf.hpp>
#include <commfold/tree/undeclared.hpp>
#include <commfold/tree/undescribed.hpp>

#include <cstddef>
#include <initializer_list>
#include <type_traits>

namespace commfold {

/// Customization point: how `T` becomes a node. Specialise it with the members of one of three kinds.
///
/// *product*, children of different types (`std::tuple`, any plain struct):
///   - `children`              the child types, as an `mp_list`: type-only questions stop here
///   - `child<I>(node)`        the I-th child, by reference
///   - `make(child...)`        the node that holds mapped children
///   - `keys()`                optional: an array of `std::string_view`, one name per child, used in paths and messages
///
/// *sequence*, children of one type (`std::vector`, `std::map`, a pointer):
///   - `element`               the child type
///   - `static_count`          optional: the number of children, where the type fixes it
///   - `count(node)`           the number of children
///   - `begin(node)`           an iterator over the entries
///   - `make<U>(node, next)`   a container of `U` of the same count and keys, filled by calling `next()` once per child, in order
///   - `child(entry)`          optional: the child inside an entry; by default the entry is the child
///   - `key(entry)`, `find(node, key)`  optional: the key of an entry, and a pointer to the child under a key (null: none)
///
/// *choice*, one of several (`std::variant`):
///   - `alternatives`          the types it may hold, as an `mp_list`
///   - `index(node)`, `child<I>(node)`, `make<I, U...>(child)`
///
/// A node of any kind may name, as `mapped`, the one type that every map makes of it; what `make` returns must then convert to it.
///
/// A type that holds itself, as a struct with a vector of such structs does, can be mapped only if it names `mapped`, and only at run time.
/// Otherwise the type that it maps to would be made from the type that its children map to, which is the same type, and the compiler would
/// never come to an end.
/// ```cpp
/// template <> struct commfold::node_traits<module> : commfold::fields<&module::weight, &module::parts> { using mapped = module; };
/// ```
/// In a choice with `mapped`, the alternatives that are leaves are interchangeable: a map may turn one into another. Which of them the
/// choice holds is then no part of the structure of a tree, and paths have no step for it.
///
/// A class is a product of the members that it names: `template <> struct commfold::node_traits<mlp> : commfold::fields<&mlp::w, &mlp::b>
/// {};` A type stays a leaf by decision: `template <> struct commfold::node_traits<options> : commfold::opaque_leaf {};`
///
/// Where `node_traits` is not specialised, a plain struct (an aggregate class of up to 100 fields) is a product of its fields, and other
/// classes are known by what they offer: ranges and maps, smart pointers, texts, … A class that says nothing of what it holds is neither
/// node nor leaf: whoever asks a tree with it, gets a compile error.
template <class T>
struct node_traits : detail::undeclared_node<T> {};

namespace detail {

/// The class templates whose arguments are their children, as `std::tuple`: asked once for a template, where `node_traits` would be asked
/// once for a type.
template <template <class...> class Node>
inline constexpr bool lists_its_children = false;

/// The base of `node_traits` of all instances of such a template but those that a program has specialised by itself.
struct arguments_are_children {};

}  // namespace detail

/// What a type is to the tree algorithms.
enum class node_kind : unsigned char {
  tensor,
  product,
  sequence,
  choice,
  opaque,      ///< a leaf that holds no tensor
  undescribed  ///< a type of which nobody can tell what it holds; it is refused
};

namespace detail {

template <class T>
consteval node_kind classify() {
  // What is declared outranks what a type looks like; of two declarations, that of a tensor outranks that of a node.
  if constexpr (declared_tensor<T>)
    return node_kind::tensor;
  else if constexpr (requires { typename node_traits<T>::children; })
    return node_kind::product;
  else if constexpr (requires { typename node_traits<T>::element; })
    return node_kind::sequence;
  else if constexpr (requires { typename node_traits<T>::alternatives; })
    return node_kind::choice;
  else if constexpr (std::is_base_of_v<opaque_leaf, node_traits<T>>)
    return node_kind::opaque;
  else if constexpr (tensor_like<T>)
    return node_kind::tensor;
  else
    return std::is_base_of_v<no_node, node_traits<T>> ? node_kind::opaque : node_kind::undescribed;
}

}  // namespace detail

/// The kind of `T`: the first that applies of declared tensor, declared node or leaf, tensor by mdspan's member types, plain struct (a
/// product), class that is known by what it offers, and undescribed.
template <class T>
inline constexpr node_kind kind_of = detail::classify<T>();
template <class T>
inline constexpr node_kind kind_of<T const> = kind_of<T>;
template <dtype D, std::size_t... E>
inline constexpr node_kind kind_of<tensor<D, E...>> = node_kind::tensor;

/// A node of each kind, and a leaf, which is any other type, be it described or not.
template <class T>
concept product_node = kind_of<std::remove_cvref_t<T>> == node_kind::product;
template <class T>
concept sequence_node = kind_of<std::remove_cvref_t<T>> == node_kind::sequence;
template <class T>
concept choice_node = kind_of<std::remove_cvref_t<T>> == node_kind::choice;
template <class T>
concept tree_node = product_node<T> || sequence_node<T> || choice_node<T>;
template <class T>
concept tree_leaf = !tree_node<T>;

namespace detail {

/// What may be taken for a leaf without another question.
constexpr bool is_leaf(node_kind kind) { return kind == node_kind::tensor || kind == node_kind::opaque; }

constexpr bool are_leaves(std::initializer_list<node_kind> kinds) {
  for (node_kind const kind : kinds)
    if (!is_leaf(kind)) return false;
  return true;
}

template <class T>
using node_traits_of = node_traits<std::remove_cvref_t<T>>;

/// The types of the children of a product, of the alternatives of a choice, and of each child of a sequence.
template <class T>
using children_of = typename node_traits_of<T>::children;
template <class T>
using alternatives_of = typename node_traits_of<T>::alternatives;
template <class T>
using element_of = typename node_traits_of<T>::element;

/// A sequence whose type fixes the number of its children.
template <class T>
concept fixed_sequence = sequence_node<T> && requires { node_traits_of<T>::static_count; };

/// The child inside an entry of a sequence.
template <class T, class Entry>
constexpr auto& child_of_entry(Entry& entry) {
  if constexpr (requires { node_traits_of<T>::child(entry); })
    return node_traits_of<T>::child(entry);
  else
    return entry;
}

/// A node that maps to one type under every map.
template <class T>
concept has_fixed_mapped_type = tree_node<T> && requires { typename node_traits_of<T>::mapped; };

/// A choice whose leaf alternatives a map may turn into one another.
template <class T>
concept interchangeable_leaves = choice_node<T> && has_fixed_mapped_type<T>;

/// A node whose children have names.
template <class T>
concept keyed_product = product_node<T> && requires { node_traits_of<T>::keys(); };

}  // namespace detail
}  // namespace commfold
