// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/predicates.hpp
/// `is_tensor`, `is_type`: predicates for `tree_map_only` that ask for the type of a leaf.

#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/node_traits.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {

/// kind_of, asked first, answers for most tensors without instantiating more.
template <class T>
inline constexpr bool is_tensor_v = kind_of<T> == node_kind::tensor || tensor_like<T>;
template <dtype D, std::size_t... E>
inline constexpr bool is_tensor_v<tensor<D, E...>> = true;

struct is_tensor_fn {
  template <class T>
  [[nodiscard]] constexpr std::bool_constant<is_tensor_v<T>> operator()(T const&) const noexcept {
    return {};
  }
};

template <class... Types>
struct is_type_fn {
  template <class T>
  [[nodiscard]] constexpr std::bool_constant<(std::is_same_v<T, Types> || ...)> operator()(T const&) const noexcept {
    return {};
  }
};

/// What the types of a predicate and a leaf tell of the answer.
enum class selection : unsigned char { no, yes, asked_of_each };

template <class Predicate, class Leaf>
constexpr selection selection_of() {
  using reply = std::remove_cvref_t<decltype(std::declval<Predicate&>()(std::declval<Leaf const&>()))>;
  if constexpr (requires { std::bool_constant<reply::value>{}; })
    return reply::value ? selection::yes : selection::no;
  else
    return selection::asked_of_each;
}

/// The answer for each type of leaf, evaluated once. Those of our own predicates are found without calling them.
template <class Predicate, class Leaf>
inline constexpr selection selects = selection_of<Predicate, Leaf>();
template <class Leaf>
inline constexpr selection selects<is_tensor_fn const, Leaf> = is_tensor_v<Leaf> ? selection::yes : selection::no;
template <class... Types, class Leaf>
inline constexpr selection selects<is_type_fn<Types...> const, Leaf> =
    (std::is_same_v<Leaf, Types> || ...) ? selection::yes : selection::no;

}  // namespace detail

/// is_tensor(x): whether x is a tensor, ours or a foreign one. The answer is a `std::bool_constant`, so `tree_map_only` selects while
/// compiling.
inline constexpr detail::is_tensor_fn is_tensor{};

/// is_type<T, ...>(x): whether x is exactly one of these types, as PyTorch's `tree_map_only` takes a type or a tuple of types.
template <class... Types>
inline constexpr detail::is_type_fn<Types...> is_type{};

}  // namespace commfold
