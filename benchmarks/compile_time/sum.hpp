// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/compile_time/sum.hpp
/// The bytes of a tree whose types say all, as each peer would ask for them: `bytes_of<Tree>`.
///
/// A peer has nothing of the library but the type of its leaves, of which it takes the extents apart by itself, and looks for no overflow.
/// Where it can work on types alone it does, and the tree is a `std::tuple` that nobody completes; where it works on values, the value of
/// the tree is a constant. All function objects have names, since a lambda in a template is one more type to make for each instantiation.
///
///   COMMFOLD            sum_tensors_v
///   HANA_FOLD_LEFT      hana::fold_left over hana::tuple, with a size_t as state, which is cheaper than a hana::size_c
///   HANA_UNPACK         hana::unpack over hana::tuple, to a function that adds all children at once: the cheapest that Hana has
///   MP11_FOLD           mp_fold with a sum of two
///   MP11_TRANSFORM      mp_transform to the sizes, and mp_apply of mp_plus, which adds all of them in one fold expression
///   STD_APPLY           std::apply over std::tuple, to a function that adds all children at once
///   RECURSION           a class template that takes the first child and goes on with the rest
///   VARIABLE_TEMPLATE   a variable template written by hand for this one question and this one kind of node: the least that can be done
///   WITH_TRAITS         the same with what a tree library must know of a node besides: a class of traits, which a program may have
///                       specialised, with the children without `const` and references; and with no wrong number for an overflow, an
///                       extent that is 0 or one that is known at run time

#include "trees.hpp"

#include <cstddef>
#if defined(PEER_COMMFOLD)
#include <commfold/tree/sum.hpp>

#include <tuple>
#elif defined(PEER_HANA_FOLD_LEFT)
#include <boost/hana/core/is_a.hpp>
#include <boost/hana/fold_left.hpp>
#include <boost/hana/tuple.hpp>
#elif defined(PEER_HANA_UNPACK)
#include <boost/hana/core/is_a.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>
#elif defined(PEER_MP11_FOLD) || defined(PEER_MP11_TRANSFORM)
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/function.hpp>
#include <boost/mp11/integral.hpp>
#include <boost/mp11/list.hpp>

#include <tuple>
#else
#include <tuple>
#include <type_traits>
#endif

namespace peer {

#ifdef ASK
#if defined(PEER_COMMFOLD)

template <class Tree>
inline constexpr std::size_t bytes_of = commfold::sum_tensors_v<Tree>;

#else

template <std::size_t... E>
using leaf = commfold::tensor<commfold::f32, E...>;
template <std::size_t... E>
constexpr std::size_t bytes_of_leaf(leaf<E...> const&) {
  return (E * ... * 4);
}

#if defined(PEER_HANA_FOLD_LEFT)

struct bytes_fn {
  struct plus_fn {
    template <class T>
    constexpr std::size_t operator()(std::size_t total, T const& child) const {
      return total + bytes_fn{}(child);
    }
  };
  template <class T>
  constexpr std::size_t operator()(T const& tree) const {
    if constexpr (boost::hana::is_a<boost::hana::tuple_tag, T>)
      return boost::hana::fold_left(tree, std::size_t{0}, plus_fn{});
    else
      return bytes_of_leaf(tree);
  }
};
template <class Tree>
inline constexpr std::size_t bytes_of = bytes_fn{}(Tree{});

#elif defined(PEER_HANA_UNPACK)

struct bytes_fn {
  struct total_fn {
    template <class... T>
    constexpr std::size_t operator()(T const&... children) const {
      return trees::total({bytes_fn{}(children)...});
    }
  };
  template <class T>
  constexpr std::size_t operator()(T const& tree) const {
    if constexpr (boost::hana::is_a<boost::hana::tuple_tag, T>)
      return boost::hana::unpack(tree, total_fn{});
    else
      return bytes_of_leaf(tree);
  }
};
template <class Tree>
inline constexpr std::size_t bytes_of = bytes_fn{}(Tree{});

#elif defined(PEER_MP11_FOLD)

template <class T>
struct bytes;
template <std::size_t... E>
struct bytes<leaf<E...>> : boost::mp11::mp_size_t<(E * ... * 4)> {};
template <class Total, class T>
using plus = boost::mp11::mp_size_t<Total::value + bytes<T>::value>;
template <class... T>
struct bytes<std::tuple<T...>> : boost::mp11::mp_fold<std::tuple<T...>, boost::mp11::mp_size_t<0>, plus> {};
template <class Tree>
inline constexpr std::size_t bytes_of = bytes<Tree>::value;

#elif defined(PEER_MP11_TRANSFORM)

template <class T>
struct bytes;
template <std::size_t... E>
struct bytes<leaf<E...>> : boost::mp11::mp_size_t<(E * ... * 4)> {};
template <class... T>
struct bytes<std::tuple<T...>> : boost::mp11::mp_apply<boost::mp11::mp_plus, boost::mp11::mp_transform<bytes, std::tuple<T...>>> {};
template <class Tree>
inline constexpr std::size_t bytes_of = bytes<Tree>::value;

#elif defined(PEER_STD_APPLY)

template <class T>
inline constexpr bool is_node = false;
template <class... T>
inline constexpr bool is_node<std::tuple<T...>> = true;

struct bytes_fn {
  struct total_fn {
    template <class... T>
    constexpr std::size_t operator()(T const&... children) const {
#ifdef FLAT
      return trees::total({bytes_fn{}(children)...});
#else
      return (std::size_t{0} + ... + bytes_fn{}(children));
#endif
    }
  };
  template <class T>
  constexpr std::size_t operator()(T const& tree) const {
    if constexpr (is_node<T>)
      return std::apply(total_fn{}, tree);
    else
      return bytes_of_leaf(tree);
  }
};
template <class Tree>
inline constexpr std::size_t bytes_of = bytes_fn{}(Tree{});

#elif defined(PEER_RECURSION)

template <class T>
struct bytes;
template <std::size_t... E>
struct bytes<leaf<E...>> {
  static constexpr std::size_t value = (E * ... * 4);
};
template <>
struct bytes<std::tuple<>> {
  static constexpr std::size_t value = 0;
};
template <class First, class... Rest>
struct bytes<std::tuple<First, Rest...>> {
  static constexpr std::size_t value = bytes<First>::value + bytes<std::tuple<Rest...>>::value;
};
template <class Tree>
inline constexpr std::size_t bytes_of = bytes<Tree>::value;

#elif defined(PEER_VARIABLE_TEMPLATE)

template <class T>
inline constexpr std::size_t bytes_of = 0;
template <std::size_t... E>
inline constexpr std::size_t bytes_of<leaf<E...>> = (E * ... * 4);
template <class... T>
#ifdef FLAT
inline constexpr std::size_t bytes_of<std::tuple<T...>> = trees::total({bytes_of<T>...});
#else
inline constexpr std::size_t bytes_of<std::tuple<T...>> = (0 + ... + bytes_of<T>);
#endif

#elif defined(PEER_WITH_TRAITS)

template <class... T>
struct list {};
template <bool Values>
struct value_list {
  template <class... T>
  using of = list<T...>;
};
template <>
struct value_list<false> {
  template <class... T>
  using of = list<std::remove_cvref_t<T>...>;
};
struct tuple_traits {};
template <class T>
struct traits;
template <class... T>
struct traits<std::tuple<T...>> : tuple_traits {
#if defined(__clang__)
  using children = list<__remove_cvref(T)...>;
#else
  using children = typename value_list<(... && !(__is_same(T, T const) || __is_same(T, T volatile)))>::template of<T...>;
#endif
};
template <class T>
inline constexpr double bytes_of = 0;
template <std::size_t... E>
inline constexpr double bytes_of<leaf<E...>> = (E && ...) ? (4.0 * ... * E) : 1e300;
template <class... T>
  requires(__is_base_of(tuple_traits, traits<std::tuple<T...>>))
#ifdef FLAT
inline constexpr double bytes_of<std::tuple<T...>> = trees::total({bytes_of<T>...});
#else
inline constexpr double bytes_of<std::tuple<T...>> = (0.0 + ... + bytes_of<T>);
#endif

#endif
#endif
#endif

}  // namespace peer
