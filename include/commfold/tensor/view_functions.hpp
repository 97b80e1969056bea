// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/view_functions.hpp
/// The views that never copy: narrow, select, transpose, expand, with PyTorch's meaning and order of arguments.
///
/// In all of them: dimensions, indices and sizes written as `size_c<…>` stay in the type; written as integers they are checked at run time,
/// and what depends on them becomes dynamic. Negative run-time dimensions and indices count from the end, as in PyTorch. What cannot be is
/// one compile error, or an `invalid_argument` with the numbers. A tensor whose rank or dtype is dynamic gives a `dynamic_tensor`.

#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/layout/argument.hpp>
#include <commfold/tensor/layout/view_rules.hpp>
#include <commfold/tensor/tensor_traits.hpp>

namespace commfold {
namespace detail {

struct narrow_fn {
  template <tensor_like T, size_like Dim, size_like Start, size_like Length>
  [[nodiscard]] constexpr auto operator()(T const& t, Dim const& dim, Start const& start, Length const& length) const {
    return derived<narrow_rule>(t, dim, start, length);
  }
};

struct select_fn {
  template <tensor_like T, size_like Dim, size_like Index>
  [[nodiscard]] constexpr auto operator()(T const& t, Dim const& dim, Index const& index) const {
    return derived<select_rule>(t, dim, index);
  }
};

struct transpose_fn {
  template <tensor_like T, size_like First, size_like Second>
  [[nodiscard]] constexpr auto operator()(T const& t, First const& first, Second const& second) const {
    return derived<transpose_rule>(t, first, second);
  }
};

struct expand_fn {
  template <tensor_like T, view_argument... Size>
  [[nodiscard]] constexpr auto operator()(T const& t, Size const&... size) const {
    return derived<expand_rule>(t, size...);
  }
};

}  // namespace detail

/// narrow(t, dim, start, length): `length` slices of dimension `dim`, from `start` on. The storage stays whole:
/// `narrow(tensor<f32, 64, 64>{}, size_c<0>, size_c<0>, size_c<4>)` has 1024 bytes of payload and 16384 of storage.
inline constexpr detail::narrow_fn narrow{};

/// select(t, dim, index): slice `index` of dimension `dim`, which disappears.
inline constexpr detail::select_fn select{};

/// transpose(t, dim0, dim1): the two dimensions change places.
inline constexpr detail::transpose_fn transpose{};

/// expand(t, sizes...): dimensions of extent 1 repeated without a copy, and new ones in front; `infer` keeps a size. The storage is the
/// base's.
inline constexpr detail::expand_fn expand{};

}  // namespace commfold
