// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/along_dim.hpp
/// Functional collectives along another dimension than 0: PyTorch cuts the tensor along one dimension, joins the pieces along another, and
/// communicates along dimension 0. No user need name it.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/packed.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>

#include <cstddef>

namespace commfold::detail {

enum class recut_refusal { none, no_such_dimension, uneven, byte_is_cut };

struct recut_result {
  layout result{};
  recut_refusal why = recut_refusal::none;
};

/// The layout of a fresh tensor whose data were cut into `pieces` along dimension `cut` and joined along `joined`. Of a layout that is not
/// exact a number may be `dyn`, and `pieces` too.
constexpr recut_result recut_layout(dtype d, layout l, std::size_t cut, std::size_t joined, std::size_t pieces, char const* verb) {
  if (cut >= l.rank || joined >= l.rank) return {l, recut_refusal::no_such_dimension};
  auto const both_known = [&](std::size_t size) { return l.knows(size) && l.knows(pieces); };
  if (both_known(l.sizes[cut]) && l.sizes[cut] % pieces != 0) return {l, recut_refusal::uneven};
  if (packs_rows(d) && l.knows(pieces) && pieces > 1) {
    std::size_t const last = l.rank - 1;
    if (cut == last && both_known(l.sizes[cut]) && cuts_a_byte(d, 1, l.sizes[cut] / pieces)) return {l, recut_refusal::byte_is_cut};
    if (joined == last && l.knows(l.sizes[joined]) && cuts_a_byte(d, 1, l.sizes[joined])) return {l, recut_refusal::byte_is_cut};
  }
  l.sizes[cut] = both_known(l.sizes[cut]) ? l.sizes[cut] / pieces : dyn;
  l.sizes[joined] = both_known(l.sizes[joined]) ? checked_multiply(l.sizes[joined], pieces, verb) : dyn;
  return {fresh(d, l, verb)};
}

[[noreturn]] constexpr void fail_recut(char const* verb, char const* argument, recut_refusal why, layout const& l, std::size_t dim,
                                       std::size_t ranks) {
  if (why == recut_refusal::no_such_dimension) fail<invalid_argument>(verb, "{} {} of a tensor of rank {}", argument, dim, l.rank);
  if (why == recut_refusal::byte_is_cut) fail<invalid_argument>(verb, "a rank's part of a row of a packed dtype would end within a byte");
  fail<invalid_argument>(verb, "{} {} has {} elements, not divisible by the group's size ({}); pad it", argument, dim, l.sizes[dim], ranks);
}

// A `Call` is what the user called: COMMFOLD_OPERATOR with its name, and `argument`, which of its arguments is the dimension.

/// Refuses, before anything is recorded, a dimension that the tensor does not have, where only values tell.
template <class Call, tensor_like T, size_like Dim>
constexpr void expect_dim(T const& t, Dim const& dim) {
  if constexpr (!static_size<Dim> || !static_rank_tensor<T>) {
    std::size_t const d = to_size(dim, Call::verb);
    if (d != 0 && d >= extents_of(t).rank()) fail_recut(Call::verb, Call::argument, recut_refusal::no_such_dimension, true_layout(t), d, 0);
  }
}

/// `recut_layout` of a tensor's true numbers; what it refuses is an exception.
template <class Call, tensor_like T>
constexpr layout recut_or_throw(T const& t, std::size_t cut, std::size_t joined, std::size_t ranks) {
  layout const before = true_layout(t);
  recut_result const after = recut_layout(dtype_of_tensor(t), before, cut, joined, ranks, Call::verb);
  if (after.why != recut_refusal::none) fail_recut(Call::verb, Call::argument, after.why, before, cut == 0 ? joined : cut, ranks);
  return after.result;
}

/// A tensor cut into one piece a rank along dimension `cut`, the pieces joined along `joined`; the tensor itself where the two are one. One
/// of them is dimension 0, the other is the one that the user gave.
template <class Call, tensor_like T, size_like Cut, size_like Joined, any_group Group>
constexpr auto recut(T const& t, Cut const& cut, Joined const& joined, Group const& group) {
  if constexpr (!static_size<Cut> || !static_size<Joined>) {
    std::size_t const from = to_size(cut, Call::verb);
    std::size_t const to = to_size(joined, Call::verb);
    return from == to ? dynamic_tensor(t) : dynamic_tensor(dtype_of_tensor(t), recut_or_throw<Call>(t, from, to, group.size));
  } else if constexpr (static_value<Cut> == static_value<Joined>) {
    return t;
  } else if constexpr (!typed_tensor<T>) {
    return dynamic_tensor(dtype_of_tensor(t), recut_or_throw<Call>(t, static_value<Cut>, static_value<Joined>, group.size));
  } else {
    constexpr dtype d = traits_of<T>::dtype;
    constexpr std::size_t ranks = static_value<size_of_group<Group>>;
    constexpr recut_result by_type = recut_layout(d, static_layout<T>, static_value<Cut>, static_value<Joined>, ranks, Call::verb);
    if constexpr (by_type.why == recut_refusal::no_such_dimension) {
      Call::template refuse<call_refusal::no_such_dim, static_value<Cut>, static_value<Joined>>();
      return t;
    } else if constexpr (by_type.why == recut_refusal::uneven) {
      Call::template refuse<call_refusal::uneven_dim, static_layout<T>.sizes[static_value<Cut>], ranks>();
      return t;
    } else if constexpr (by_type.why == recut_refusal::byte_is_cut) {
      Call::template refuse<call_refusal::byte_is_cut, ranks>();
      return t;
    } else {
      return make_tensor<d, by_type.result>(recut_or_throw<Call>(t, static_value<Cut>, static_value<Joined>, group.size));
    }
  }
}

}  // namespace commfold::detail
