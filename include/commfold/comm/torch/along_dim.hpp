// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/along_dim.hpp
/// Functional collectives along another dimension than 0: PyTorch cuts the tensor along one dimension, joins the pieces along another, and
/// communicates along dimension 0. No user need name it.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>
#include <commfold/tensor/view.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

namespace commfold::detail {

enum class recut_refusal { none, no_such_dimension, uneven };

struct recut_result {
  layout result{};
  recut_refusal why = recut_refusal::none;
};

/// The layout after a cut into `pieces` along dimension `cut` that are joined along `joined`: a fresh tensor. A number may be `dyn`.
constexpr recut_result recut_layout(dtype d, layout l, std::size_t cut, std::size_t joined, std::size_t pieces, char const* verb) {
  if (cut >= l.rank || joined >= l.rank) return {l, recut_refusal::no_such_dimension};
  if (known(l.sizes[cut]) && known(pieces) && l.sizes[cut] % pieces != 0) return {l, recut_refusal::uneven};
  l.sizes[cut] = known(l.sizes[cut]) && known(pieces) ? l.sizes[cut] / pieces : dyn;
  l.sizes[joined] = known(l.sizes[joined]) && known(pieces) ? checked_multiply(l.sizes[joined], pieces, verb) : dyn;
  return {fresh(d, l, verb)};
}

[[noreturn]] inline void fail_recut(char const* verb, char const* argument, recut_refusal why, layout const& l, std::size_t dim,
                                    std::size_t ranks) {
  std::string const named = std::string(argument) + " " + std::to_string(dim);
  if (why == recut_refusal::no_such_dimension)
    fail<invalid_argument>(std::string(verb) + ": " + named + " of a tensor of rank " + std::to_string(l.rank));
  fail<invalid_argument>(std::string(verb) + ": " + named + " has " + std::to_string(l.sizes[dim]) +
                         " elements, not divisible by the group's size (" + std::to_string(ranks) + "); pad it");
}

/// Where a `gather_dim` or `scatter_dim` comes from, for messages.
struct named_dim {
  char const* verb;
  char const* argument;
};

/// Refuses a dimension that the tensor does not have, where only values tell: before anything is recorded.
template <tensor_like T, size_like Dim>
constexpr void expect_dim(named_dim asked, T const& t, Dim const& dim) {
  if constexpr (!static_size<Dim> || !static_rank_tensor<T>) {
    std::size_t const d = to_size(dim, asked.verb);
    if (d != 0 && d >= extents_of(t).rank()) fail_recut(asked.verb, asked.argument, recut_refusal::no_such_dimension, true_layout(t), d, 0);
  }
}

/// The true numbers, or the exception.
template <tensor_like T>
constexpr layout recut_or_throw(named_dim asked, T const& t, std::size_t cut, std::size_t joined, std::size_t ranks) {
  layout const before = true_layout(t);
  recut_result const after = recut_layout(dtype_of_tensor(t), before, cut, joined, ranks, asked.verb);
  if (after.why != recut_refusal::none) fail_recut(asked.verb, asked.argument, after.why, before, cut == 0 ? joined : cut, ranks);
  return after.result;
}

/// A tensor cut into one piece a rank along dimension `Cut`, the pieces joined along `Joined`. The tensor itself where the two are one. One
/// of the two is dimension 0, the other is what the caller asked for.
template <tensor_like T, size_like Cut, size_like Joined, any_group Group>
constexpr auto recut(named_dim asked, T const& t, Cut const& cut, Joined const& joined, Group const& group) {
  using ranks = std::remove_cvref_t<decltype(group.size)>;
  if constexpr (!static_size<Cut> || !static_size<Joined>) {
    std::size_t const from = to_size(cut, asked.verb);
    std::size_t const to = to_size(joined, asked.verb);
    return from == to ? dynamic_tensor(t) : dynamic_tensor(dtype_of_tensor(t), recut_or_throw(asked, t, from, to, group.size));
  } else if constexpr (static_value<Cut> == static_value<Joined>) {
    return t;
  } else if constexpr (!typed_tensor<T>) {
    return dynamic_tensor(dtype_of_tensor(t), recut_or_throw(asked, t, static_value<Cut>, static_value<Joined>, group.size));
  } else {
    constexpr dtype d = traits_of<T>::dtype;
    constexpr recut_result told =
        recut_layout(d, static_layout<T>, static_value<Cut>, static_value<Joined>, static_value<ranks>, "commfold::funcol");
    static_assert(told.why != recut_refusal::no_such_dimension, "commfold::funcol: the tensor has no dimension gather_dim or scatter_dim");
    static_assert(told.why != recut_refusal::uneven,
                  "commfold::funcol: the group's size does not divide the dimension that is scattered; pad it");
    if constexpr (told.why == recut_refusal::none)
      return make_tensor<d, told.result>(recut_or_throw(asked, t, static_value<Cut>, static_value<Joined>, group.size));
    else
      return t;
  }
}

}  // namespace commfold::detail
