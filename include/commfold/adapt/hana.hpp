// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/adapt/hana.hpp
/// Boost.Hana's containers as nodes, and its numbers as sizes: `hana::tuple`, `hana::pair`, `hana::optional`, `hana::map`, `hana::size_c`.
/// Opt-in: nothing else in the library includes it.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/size/size_constant.hpp>
#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/stateless.hpp>

#include <boost/hana/at.hpp>
#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/drop_front.hpp>
#include <boost/hana/ext/std/integral_constant.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/integral_constant.hpp>
#include <boost/hana/is_empty.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/optional.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

/// A tuple maps to a tuple.
template <class... T>
struct node_traits<boost::hana::tuple<T...>> : detail::arguments_are_children {
  using children = boost::mp11::mp_list<std::remove_cvref_t<T>...>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return boost::hana::at_c<I>(node);
  }
  template <class... U>
  [[nodiscard]] static constexpr boost::hana::tuple<std::remove_cvref_t<U>...> make(U&&... u) {
    return boost::hana::tuple<std::remove_cvref_t<U>...>(std::forward<U>(u)...);
  }
};

template <class A, class B>
struct node_traits<boost::hana::pair<A, B>> : detail::arguments_are_children {
  using children = boost::mp11::mp_list<std::remove_cvref_t<A>, std::remove_cvref_t<B>>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    if constexpr (I == 0)
      return boost::hana::first(node);
    else
      return boost::hana::second(node);
  }
  template <class U, class V>
  [[nodiscard]] static constexpr boost::hana::pair<std::remove_cvref_t<U>, std::remove_cvref_t<V>> make(U&& u, V&& v) {
    return boost::hana::pair<std::remove_cvref_t<U>, std::remove_cvref_t<V>>(std::forward<U>(u), std::forward<V>(v));
  }
};

template <class... T>
inline constexpr bool stateless<boost::hana::tuple<T...>> = stateless<std::tuple<T...>>;
template <class A, class B>
inline constexpr bool stateless<boost::hana::pair<A, B>> = stateless<A> && stateless<B>;
namespace detail {
template <>
inline constexpr bool lists_its_children<boost::hana::tuple> = true;
template <>
inline constexpr bool lists_its_children<boost::hana::pair> = true;
template <class... T>
inline constexpr bool holds_only_children<boost::hana::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool holds_only_children<boost::hana::pair<A, B>> = true;
}  // namespace detail

/// A product of no child or one: its type tells whether it holds a value.
template <class... T>
struct node_traits<boost::hana::optional<T...>> {
  using children = boost::mp11::mp_list<std::remove_cvref_t<T>...>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return node.value();
  }
  template <class... U>
  [[nodiscard]] static constexpr boost::hana::optional<std::remove_cvref_t<U>...> make(U&&... u) {
    return boost::hana::optional<std::remove_cvref_t<U>...>(std::forward<U>(u)...);
  }
};

namespace detail {
template <class Key>
inline constexpr bool is_hana_string = false;
template <char... C>
inline constexpr bool is_hana_string<boost::hana::string<C...>> = true;
}  // namespace detail

/// The values are the children, in the order of insertion. They have the names of their keys in paths where every key is a `hana::string`,
/// else their positions. `make` needs no keys: two keys of one type are equal.
/// Specialised for the class behind `hana::map<...>`, since arguments of that alias cannot be deduced.
template <class Table, class... Keys, class... Values>
struct node_traits<boost::hana::detail::map_impl<Table, boost::hana::basic_tuple<boost::hana::pair<Keys, Values>...>>> {
  using children = boost::mp11::mp_list<Values...>;
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return boost::hana::second(boost::hana::at_c<I>(node.storage));
  }
  template <class... U>
  [[nodiscard]] static constexpr auto make(U&&... u) {
    return boost::hana::make_map(boost::hana::pair<Keys, std::remove_cvref_t<U>>(Keys{}, std::forward<U>(u))...);
  }
  [[nodiscard]] static constexpr std::array<std::string_view, sizeof...(Keys)> keys()
    requires(detail::is_hana_string<Keys> && ...)
  {
    return {std::string_view(Keys::c_str())...};
  }
};

/// The tag by which Hana's algorithms take a `leaf_tuple`: `hana::at_c`, `hana::length`, `hana::unpack`, and all that take an Iterable, as
/// `hana::to_tuple` does.
struct leaf_tuple_tag {};

}  // namespace commfold

namespace boost::hana {
template <class... T>
struct tag_of<commfold::leaf_tuple<T...>> {
  using type = commfold::leaf_tuple_tag;
};
template <>
struct at_impl<commfold::leaf_tuple_tag> {
  template <class Leaves, class N>
  static constexpr decltype(auto) apply(Leaves&& leaves, N const&) {
    return leaves.template at<N::value>();
  }
};
template <>
struct drop_front_impl<commfold::leaf_tuple_tag> {
  template <class... T, class N>
  static constexpr auto apply(commfold::leaf_tuple<T...> const& leaves, N const&) {
    constexpr std::size_t dropped = N::value < sizeof...(T) ? N::value : sizeof...(T);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return commfold::leaf_tuple<std::remove_cvref_t<decltype(leaves.template at<dropped + I>())>...>(
          leaves.template at<dropped + I>()...);
    }(std::make_index_sequence<sizeof...(T) - dropped>{});
  }
};
template <>
struct is_empty_impl<commfold::leaf_tuple_tag> {
  template <class... T>
  static constexpr auto apply(commfold::leaf_tuple<T...> const&) {
    return bool_c<(sizeof...(T) == 0)>;
  }
};
template <>
struct length_impl<commfold::leaf_tuple_tag> {
  template <class... T>
  static constexpr auto apply(commfold::leaf_tuple<T...> const&) {
    return size_c<sizeof...(T)>;
  }
};
template <>
struct unpack_impl<commfold::leaf_tuple_tag> {
  template <class... T, class F>
  static constexpr decltype(auto) apply(commfold::leaf_tuple<T...> const& leaves, F&& f) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
      return static_cast<F&&>(f)(leaves.template at<I>()...);
    }(std::index_sequence_for<T...>{});
  }
};
}  // namespace boost::hana

namespace commfold {

namespace detail {

struct to_hana_fn {
  template <static_size N>
  [[nodiscard]] constexpr boost::hana::size_t<size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value))> operator()(
      N) const noexcept {
    return {};
  }
};

struct from_hana_fn {
  template <static_size N>
  [[nodiscard]] constexpr size_constant<size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value))> operator()(
      N) const noexcept {
    return {};
  }
};

}  // namespace detail

/// to_hana(n): a size constant as `hana::size_c<n>`, for Hana's arithmetic and keys. Hana also takes a `size_constant` itself for an
/// IntegralConstant: `hana::to<hana::integral_constant_tag<std::size_t>>` and `hana::value` accept it.
inline constexpr detail::to_hana_fn to_hana{};

/// from_hana(n): a non-negative Hana constant as a `size_constant`. Law: from_hana(to_hana(n)) is n. `add`, `multiply` and `max_of` take
/// Hana's constants without it.
inline constexpr detail::from_hana_fn from_hana{};

}  // namespace commfold

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
