// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/view_functions.hpp
/// The views that never copy: narrow, select, transpose, expand, with PyTorch's meaning and order of arguments.

#include <commfold/tensor/layout/view_rules.hpp>
#include <commfold/tensor/view.hpp>

#include <cstddef>

namespace commfold {
namespace detail {

struct narrow_fn {
  template <tensor_like T, size_like Dim, size_like Start, size_like Length>
  [[nodiscard]] constexpr auto operator()(T const& t, Dim const& dim, Start const& start, Length const& length) const {
    [[maybe_unused]] auto const value = [&] {
      return accepted_or_throw(narrowed(true_layout(t), true_argument(dim), true_argument(start), true_argument(length)), "narrow");
    };
    if constexpr (statically_viewable<T>) {
      constexpr view_result known = narrowed(static_layout<T>, static_argument<Dim>(), static_argument<Start>(), static_argument<Length>());
      static_assert(accepted<refused<known.why, known.given, known.limit>>,
                    "commfold::narrow: the range does not lie in a dimension of this tensor; refused<why, given, limit> says why");
      if constexpr (known.why == refusal::none)
        return make_view<traits_of<T>::dtype, known.result>(value());
      else
        return t;
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value());
    }
  }
};

struct select_fn {
  template <tensor_like T, size_like Dim, size_like Index>
  [[nodiscard]] constexpr auto operator()(T const& t, Dim const& dim, Index const& index) const {
    [[maybe_unused]] auto const value = [&] {
      return accepted_or_throw(selected(true_layout(t), true_argument(dim), true_argument(index)), "select");
    };
    if constexpr (statically_viewable<T>) {
      constexpr view_result known = selected(static_layout<T>, static_argument<Dim>(), static_argument<Index>());
      static_assert(accepted<refused<known.why, known.given, known.limit>>,
                    "commfold::select: this tensor has no such dimension or index; refused<why, given, limit> says why");
      if constexpr (known.why == refusal::none)
        return make_view<traits_of<T>::dtype, known.result>(value());
      else
        return t;
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value());
    }
  }
};

struct transpose_fn {
  template <tensor_like T, size_like First, size_like Second>
  [[nodiscard]] constexpr auto operator()(T const& t, First const& first, Second const& second) const {
    [[maybe_unused]] auto const value = [&] {
      return accepted_or_throw(transposed(true_layout(t), true_argument(first), true_argument(second)), "transpose");
    };
    if constexpr (statically_viewable<T>) {
      constexpr view_result known = transposed(static_layout<T>, static_argument<First>(), static_argument<Second>());
      static_assert(accepted<refused<known.why, known.given, known.limit>>,
                    "commfold::transpose: this tensor has no such dimension; refused<why, given, limit> says why");
      if constexpr (known.why == refusal::none)
        return make_view<traits_of<T>::dtype, known.result>(value());
      else
        return t;
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value());
    }
  }
};

struct expand_fn {
  template <tensor_like T, view_argument... Size>
  [[nodiscard]] constexpr auto operator()(T const& t, Size const&... size) const {
    [[maybe_unused]] auto const value = [&] {
      argument const sizes[] = {true_argument(size)..., argument{}};
      return accepted_or_throw(expanded(true_layout(t), sizes, sizeof...(Size)), "expand");
    };
    if constexpr (statically_viewable<T>) {
      constexpr argument sizes[] = {static_argument<Size>()..., argument{}};
      constexpr view_result known = expanded(static_layout<T>, sizes, sizeof...(Size));
      static_assert(accepted<refused<known.why, known.given, known.limit>>,
                    "commfold::expand: only dimensions of extent 1, and new ones in front, can grow; refused<why, given, limit> says why");
      if constexpr (known.why == refusal::none)
        return make_view<traits_of<T>::dtype, known.result>(value());
      else
        return t;
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value());
    }
  }
};

}  // namespace detail

// In all of them: dimensions, indices and sizes written as `size_c<…>` stay in the type; written as integers they are checked at run time,
// and what depends on them becomes dynamic. Negative run-time dimensions and indices count from the end, as in PyTorch. What cannot be is
// one compile error, or an `invalid_argument` with the numbers. A tensor whose rank or dtype is dynamic gives a `dynamic_tensor`.

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
