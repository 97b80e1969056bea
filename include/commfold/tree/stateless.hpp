// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/stateless.hpp
/// `stateless<T>`: the types whose values do not differ, so that nobody has to hold or read one.
///
/// **Why a tuple is never completed.** Naming a `std::tuple` costs nothing. Reading a child of it completes it, which instantiates a base
/// class for each element: 64 tuples of 16 distinct tensors each take 3.6 s with g++ 12 and 3.5 s with clang 19. A tensor whose shape is
/// static has nothing to read, and neither has a tuple of such tensors. So walks go by types: in the place of a stateless leaf they take a
/// constant, and in the place of a stateless tuple its `type_proxy`, which has the same children (type_proxy.hpp). They also qualify the
/// names of functions that they give a node: to look up an unqualified name, the compiler completes the types of the arguments.

#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

template <class T>
struct node_traits;

namespace detail {

template <class T>
struct struct_node;

/// Whether `T` holds its children and nothing else. A class that names some of its members as children may have others.
template <class T>
inline constexpr bool holds_only_children = std::is_base_of_v<struct_node<T>, node_traits<T>>;
template <class... T>
inline constexpr bool holds_only_children<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool holds_only_children<std::pair<A, B>> = true;
template <class... T>
inline constexpr bool holds_only_children<boost::hana::basic_tuple<T...>> = true;

template <class T>
constexpr bool is_stateless();

}  // namespace detail

/// Whether no two values of `T` differ and a constant expression can make one: a tensor whose shape is static, an empty class, and a
/// product or an array of such. To ask does not complete a `std::tuple` or a `tensor`.
template <class T>
inline constexpr bool stateless = detail::is_stateless<T>();
template <class T>
inline constexpr bool stateless<T const> = stateless<T>;
template <dtype D, std::size_t... E>
inline constexpr bool stateless<tensor<D, E...>> = (true && ... && (E != dyn));
template <class... T>
inline constexpr bool stateless<std::tuple<T...>> = detail::all_true({stateless<T>...});
template <class A, class B>
inline constexpr bool stateless<std::pair<A, B>> = stateless<A> && stateless<B>;
template <class... T>
inline constexpr bool stateless<boost::hana::basic_tuple<T...>> = detail::all_true({stateless<T>...});
template <class T, std::size_t N>
inline constexpr bool stateless<std::array<T, N>> = stateless<T>;
template <class T, std::size_t N>
inline constexpr bool stateless<T[N]> = stateless<T>;
/// Without this, `T const` and `T[N]` would both match an array of constants.
template <class T, std::size_t N>
inline constexpr bool stateless<T const[N]> = stateless<T>;

namespace detail {

template <class T>
concept default_in_a_constant = requires { typename std::bool_constant<(static_cast<void>(T{}), true)>; };

template <class... Children>
constexpr bool all_stateless(boost::mp11::mp_list<Children...>) {
  return all_true({stateless<Children>...});
}

template <class T>
constexpr bool is_stateless() {
  if constexpr (!std::is_class_v<T>)
    return false;
  else if constexpr (std::is_empty_v<T>)
    return std::is_trivially_copyable_v<T> && default_in_a_constant<T>;
  else if constexpr (holds_only_children<T>)
    return all_stateless(typename node_traits<T>::children{}) && std::is_trivially_copyable_v<T> && default_in_a_constant<T>;
  else
    return false;
}

/// A value of a stateless type, which equals any other: what is returned where one was not held.
template <class T>
inline constexpr T stateless_instance{};

}  // namespace detail
}  // namespace commfold
