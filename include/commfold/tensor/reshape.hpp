// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/reshape.hpp
/// The views that copy where they must: reshape and contiguous.

#include <commfold/tensor/layout/view_rules.hpp>
#include <commfold/tensor/view.hpp>

#include <cstddef>

namespace commfold {
namespace detail {

/// The type is a `tensor` where the result is known to have a storage just large enough: the reshape of a contiguous tensor, or a copy.
template <class T, layout Known>
constexpr auto make_reshaped(layout const& l) {
  constexpr commfold::dtype d = traits_of<T>::dtype;
  constexpr bool copied = is_contiguous(static_layout<T>) == answer::no && Known.contiguous;
  if constexpr (copied || (Known.contiguous && !gives_storage<traits_of<T>, T>))
    return make_tensor<d, Known>(l);
  else
    return make_view<d, Known>(l);
}

struct reshape_fn {
  template <tensor_like T, view_argument... Size>
  [[nodiscard]] constexpr auto operator()(T const& t, Size const&... size) const {
    [[maybe_unused]] auto const value = [&] {
      argument const sizes[] = {true_argument(size)..., argument{}};
      return accepted_or_throw(reshaped(dtype_of_tensor(t), true_layout(t), sizes, sizeof...(Size), "commfold::reshape"), "reshape");
    };
    if constexpr (statically_viewable<T>) {
      constexpr argument sizes[] = {static_argument<Size>()..., argument{}};
      constexpr view_result known = reshaped(traits_of<T>::dtype, static_layout<T>, sizes, sizeof...(Size), "commfold::reshape");
      static_assert(accepted<refused<known.why, known.given, known.limit>>,
                    "commfold::reshape: the sizes do not make the elements of this tensor; refused<why, given, limit> says why");
      if constexpr (known.why == refusal::none)
        return make_reshaped<T, known.result>(value());
      else
        return t;
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value());
    }
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
          return make_view<traits_of<T>::dtype, unsure(copied)>(value(t));
      }
    } else {
      return dynamic_tensor(dtype_of_tensor(t), value(t));
    }
  }

 private:
  static consteval layout unsure(layout l) {
    for (std::size_t r = 0; r < l.rank; ++r) l.strides[r] = dyn;
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
