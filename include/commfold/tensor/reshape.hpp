// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/reshape.hpp
/// The views that copy where they must: reshape and contiguous.

#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/layout/argument.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>
#include <commfold/tensor/layout/reshape_rule.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>

namespace commfold {
namespace detail {

struct reshape_fn {
  template <tensor_like T, view_argument... Size>
  [[nodiscard]] constexpr auto operator()(T const& t, Size const&... size) const {
    return derived<reshape_rule>(t, size...);
  }
};

struct contiguous_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& t) const {
    if constexpr (statically_viewable<T>) {
      constexpr layout known = static_layout<T>;
      if constexpr (is_contiguous(known) == answer::yes) {
        return t;
      } else {
        constexpr layout copied = fresh(traits_of<T>::dtype, known, "commfold::contiguous");
        if constexpr (is_contiguous(known) == answer::no)
          return make_tensor<traits_of<T>::dtype, copied>(true_layout(t));
        else
          return make_view<traits_of<T>::dtype, maybe_copied(copied)>(value(t));
      }
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value(t));
    }
  }

 private:
  /// The layout of a result of which only the values tell whether it is a copy.
  static consteval layout maybe_copied(layout l) {
    forget(l.strides, l.rank);
    l.storage = dyn;
    return l;
  }
  template <class T>
  static constexpr layout value(T const& t) {
    layout const l = true_layout(t);
    return is_contiguous(l) == answer::yes ? l : fresh(dtype_of_tensor(t), l, "commfold::contiguous");
  }
};

}  // namespace detail

/// reshape(t, sizes...): the elements in order, in another shape; one size may be `infer` (or a run-time -1). By PyTorch's rule: a view of
/// the same storage where the strides allow it, else a contiguous tensor with a storage of its own. Where the types cannot tell which, the
/// storage is a run-time number. Sizes that do not make the elements of `t` are one compile error, or an `invalid_argument`.
inline constexpr detail::reshape_fn reshape{};

/// contiguous(t): `t` itself, storage and all, where it is contiguous, else a tensor with a storage of its own.
inline constexpr detail::contiguous_fn contiguous{};

}  // namespace commfold
