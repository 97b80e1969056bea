// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/derived.hpp
/// From a rule over layouts to the tensor or view that it makes of a tensor. No user need name it.

#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/layout/argument.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>
#include <commfold/tensor/layout/refusal.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tensor/view.hpp>

#include <cstddef>
#include <utility>

namespace commfold::detail {

/// A tensor whose views have types of their own. A view of any other is a `dynamic_tensor`.
template <class T>
concept statically_viewable = static_rank_tensor<T> && static_dtype_tensor<T>;

// Declared, to name types.
template <dtype D, layout L, std::size_t... R>
view<D, extents<L.sizes[R]...>, extents<L.strides[R]...>, L.storage> view_type(std::index_sequence<R...>);
template <dtype D, layout L, std::size_t... R>
tensor<D, L.sizes[R]...> tensor_type(std::index_sequence<R...>);

/// The view whose type says the numbers of `Known`, and whose value those of `l` for each that is `dyn` there.
template <dtype D, layout Known>
constexpr auto make_view([[maybe_unused]] layout const& l) {
  using type = decltype(view_type<D, Known>(std::make_index_sequence<Known.rank>{}));
  if constexpr (all_known(Known) && known(Known.storage)) {
    return type();
  } else {
    expect_strides_fit(l, "commfold::view");
    return type({from_values{}, l.sizes}, {from_values{}, l.strides}, l.storage);
  }
}

/// The tensor whose type says the sizes of `Known`, and whose value those of `l` for each that is `dyn` there.
template <dtype D, layout Known>
constexpr auto make_tensor([[maybe_unused]] layout const& l) {
  using type = decltype(tensor_type<D, Known>(std::make_index_sequence<Known.rank>{}));
  if constexpr (all_known(Known.sizes, Known.rank))
    return type();
  else
    return type(typename type::extents_type(from_values{}, l.sizes));
}

/// A `tensor` where it is certain that the storage is just large enough: for a copy, and for all elements of a tensor whose storage is.
/// Else a view.
template <class T, layout Known>
constexpr auto make_tensor_or_view(layout const& l) {
  constexpr bool copied = is_contiguous(static_layout<T>) == answer::no;
  if constexpr (Known.contiguous && (copied || !gives_storage<traits_of<T>, T>))
    return make_tensor<traits_of<T>::dtype, Known>(l);
  else
    return make_view<traits_of<T>::dtype, Known>(l);
}

/// derived<Rule>(t, arguments...): what a rule (view_rules.hpp) makes of a tensor. Where the types tell that the rule refuses, that is one
/// compile error; where only the values do, an `invalid_argument`.
template <class Rule, tensor_like T, class... Argument>
constexpr auto derived(T const& t, Argument const&... given) {
  if constexpr (statically_viewable<T>) {
    constexpr dtype d = traits_of<T>::dtype;
    constexpr layout from = static_layout<T>;
    constexpr view_result by_type = Rule::of(d, from, static_argument<Argument>()...);
    // Also of the result: one of its numbers may be as large as `dyn`.
    constexpr bool types_tell_all = all_known(from) && known(from.storage) && all_known(by_type.result) &&
                                    (... && (static_argument<Argument>().what != argument::is_unknown));
    if constexpr (!Rule::template allows<refused<by_type.why, by_type.given, by_type.limit>>())
      return t;
    else if constexpr (types_tell_all)
      return make_tensor_or_view<T, by_type.result>(by_type.result);
    else
      return make_tensor_or_view<T, by_type.result>(
          accepted_or_throw(Rule::of(d, true_layout(t), true_argument(given, Rule::verb)...), Rule::verb));
  } else {
    dtype const d = dtype_of_tensor(t);
    return dynamic_tensor(d, accepted_or_throw(Rule::of(d, true_layout(t), true_argument(given, Rule::verb)...), Rule::verb));
  }
}

}  // namespace commfold::detail
