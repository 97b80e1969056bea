// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dtype_of_tensor.hpp
/// The dtype of any tensor.

#include <commfold/tensor/tensor_traits.hpp>

namespace commfold {
namespace detail {

struct dtype_of_tensor_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr commfold::dtype operator()([[maybe_unused]] T const& t) const {
    if constexpr (fixes_dtype<traits_of<T>>)
      return traits_of<T>::dtype;
    else
      return traits_of<T>::dtype(t);
  }
};

}  // namespace detail

/// dtype_of_tensor(t): the dtype of t's elements. For the dtype of a C++ element type, `dtype_of<T>`.
inline constexpr detail::dtype_of_tensor_fn dtype_of_tensor{};

}  // namespace commfold
