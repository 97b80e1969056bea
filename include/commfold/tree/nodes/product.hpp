// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/product.hpp
/// The products, besides plain structs, that need no registration: `std::tuple`, `std::pair`, `hana::basic_tuple`, `leaf_tuple` and
/// `mapped_struct`.

#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {

template <>
inline constexpr bool lists_its_children<std::tuple> = true;
template <>
inline constexpr bool lists_its_children<std::pair> = true;
template <>
inline constexpr bool lists_its_children<boost::hana::basic_tuple> = true;
template <>
inline constexpr bool lists_its_children<leaf_tuple> = true;

// Without a class for each type of leaf: by the builtin of clang, else by looking first whether there is anything to remove, since
// `T const` is another type than `T` where `T` is neither constant nor a reference.
#if defined(__has_builtin) && __has_builtin(__remove_cvref)
template <class... T>
using list_values = boost::mp11::mp_list<__remove_cvref(T)...>;
#else
template <bool Values>
struct value_list {
  template <class... T>
  using of = boost::mp11::mp_list<T...>;
};
template <>
struct value_list<false> {
  template <class... T>
  using of = boost::mp11::mp_list<std::remove_cvref_t<T>...>;
};
template <class... T>
using list_values = typename value_list<(... && !(__is_same(T, T const) || __is_same(T, T volatile)))>::template of<T...>;
#endif

/// What `node_traits` of all tuples have in common: a class that is no template is instantiated once.
struct tuple_access : arguments_are_children {
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return std::get<I>(node);
  }
  template <class... U>
  [[nodiscard]] static constexpr std::tuple<std::remove_cvref_t<U>...> make(U&&... u) {
    return std::tuple<std::remove_cvref_t<U>...>(std::forward<U>(u)...);
  }
};

}  // namespace detail

/// A tuple maps to a tuple of values; a tuple of references (`std::tie`) is read through its references.
template <class... T>
struct node_traits<std::tuple<T...>> : detail::tuple_access {
  using children = detail::list_values<T...>;
};

template <class A, class B>
struct node_traits<std::pair<A, B>> : detail::arguments_are_children {
  using children = boost::mp11::mp_list<std::remove_cvref_t<A>, std::remove_cvref_t<B>>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return std::get<I>(node);
  }
  template <class U, class V>
  [[nodiscard]] static constexpr std::pair<std::remove_cvref_t<U>, std::remove_cvref_t<V>> make(U&& u, V&& v) {
    return std::pair<std::remove_cvref_t<U>, std::remove_cvref_t<V>>(std::forward<U>(u), std::forward<V>(v));
  }
};

template <class... T>
struct node_traits<boost::hana::basic_tuple<T...>> : detail::arguments_are_children {
  using children = boost::mp11::mp_list<T...>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return boost::hana::at_c<I>(node);
  }
  template <class... U>
  [[nodiscard]] static constexpr boost::hana::basic_tuple<std::remove_cvref_t<U>...> make(U&&... u) {
    return boost::hana::basic_tuple<std::remove_cvref_t<U>...>(std::forward<U>(u)...);
  }
};

/// A `leaf_tuple` maps to a `leaf_tuple`.
template <class... T>
struct node_traits<leaf_tuple<T...>> : detail::arguments_are_children {
  using children = boost::mp11::mp_list<T...>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return node.template at<I>();
  }
  template <class... U>
  [[nodiscard]] static constexpr leaf_tuple<std::remove_cvref_t<U>...> make(U&&... u) {
    return leaf_tuple<std::remove_cvref_t<U>...>(std::forward<U>(u)...);
  }
};

/// A mapped struct has the keys of its origin, and maps back to it where the children have the types of its fields again.
template <class Origin, class... Children>
struct node_traits<mapped_struct<Origin, Children...>> {
  using children = boost::mp11::mp_list<Children...>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return node.template at<I>();
  }
  template <class... U>
  [[nodiscard]] static constexpr decltype(node_traits<Origin>::make(std::declval<U>()...)) make(U&&... u) {
    return node_traits<Origin>::make(std::forward<U>(u)...);
  }
  [[nodiscard]] static constexpr decltype(auto) keys()
    requires requires { node_traits<Origin>::keys(); }
  {
    return node_traits<Origin>::keys();
  }
};

}  // namespace commfold
