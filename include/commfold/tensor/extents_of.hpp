// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/extents_of.hpp
/// The shape of any tensor: its extents, their number and their product.

#include <commfold/tensor/tensor_traits.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace commfold {
namespace detail {

struct extents_of_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr tensor_extents<T> operator()(T const& t) const {
    using own = tensor_extents<T>;
    decltype(auto) e = traits_of<T>::extents(t);
    if constexpr (std::same_as<std::remove_cvref_t<decltype(e)>, own> || !static_rank<own>) {
      return own(e);
    } else if constexpr (own::rank_dynamic() == 0) {
      return own();
    } else {
      std::size_t values[own::rank()] = {};
      for (std::size_t r = 0; r < own::rank(); ++r)
        values[r] = to_size(e.extent(static_cast<decltype(e.rank())>(r)), "commfold::extents_of");
      return own(from_values{}, values);
    }
  }
};

struct rank_of_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& t) const {
    if constexpr (static_rank_tensor<T>)
      return size_constant<tensor_extents<T>::rank()>{};
    else
      return extents_of_fn{}(t).rank();
  }
};

struct numel_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& t) const {
    return extents_of_fn{}(t).numel();
  }
};

}  // namespace detail

/// extents_of(t): the extents of t in one of our own shapes, `tensor_extents<T>`, whoever's tensor t is.
inline constexpr detail::extents_of_fn extents_of{};

/// rank_of(t): the number of dimensions. A `size_constant` where the type fixes it, else a `std::size_t`.
inline constexpr detail::rank_of_fn rank_of{};

/// numel(t): the number of elements, which is the product of the extents, and 1 for rank 0. A `size_constant` where the type fixes it, else
/// a `std::size_t`. One that does not fit is a compile error or an `overflow_error`.
inline constexpr detail::numel_fn numel{};

}  // namespace commfold
