// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/predicates.hpp
/// Questions about the type of a leaf, as objects: what `tree_map_only` selects by.

#include <commfold/tensor/tensor_traits.hpp>

#include <type_traits>

namespace commfold {

namespace detail {

struct is_tensor_fn {
  template <class T>
  [[nodiscard]] constexpr std::bool_constant<tensor_like<T>> operator()(T const&) const noexcept {
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

}  // namespace detail

/// is_tensor(x): whether x is a tensor, ours or a foreign one. The answer is a type, so what is selected is decided while compiling.
inline constexpr detail::is_tensor_fn is_tensor{};

/// is_type<T, ...>(x): whether x is exactly one of these types, as PyTorch's `tree_map_only` takes a type or a tuple of types.
template <class... Types>
inline constexpr detail::is_type_fn<Types...> is_type{};

}  // namespace commfold
