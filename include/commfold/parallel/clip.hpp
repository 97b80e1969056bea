// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/clip.hpp
/// What clipping by the norm of all gradients communicates, where gradients are sharded.

#include <commfold/comm/communicator.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>

namespace commfold::parallel {

/// Which norm `clip_grad_norm_` takes.
enum class norm_kind : unsigned char {
  finite,   ///< the p-norm, of any finite p: the norms of all gradients travel in one vector
  infinity  ///< the largest element: a scalar
};

/// `clip_grad_norm_` of `gradients` gradients that are sharded along the axes, outermost first: over each axis of several ranks one
/// `all_reduce`, of the vector of their norms, a sum of N elements, or of one number, a maximum, under the infinity norm. N * itemsize
/// bytes an axis. Axes on which all ranks hold equal gradients (replicas) are not among them. Gradients over several meshes are one call of
/// this for each mesh; PyTorch refuses to stack them ("must have the same mesh"). `clip_grad_value_` makes no call. Source:
/// `_get_total_norm` in torch/nn/utils/clip_grad.py over DTensors, whose norm is a partial sum (`_NormPartial`).
template <communicator Comm, size_like N, class... Axis>
constexpr void reduce_norms(Comm& comm, N const& gradients, dtype of, norm_kind kind, Axis const&... axes) {
  std::size_t const n = commfold::detail::to_size(gradients, "commfold::parallel::reduce_norms");
  if (n == 0) return;
  reduce_op const how = kind == norm_kind::finite ? sum : reduce_op::max;
  dynamic_tensor const norms(of, kind == norm_kind::finite ? dynamic_extents({n}) : dynamic_extents());
  (over_several(axes, [&comm, &norms, how](auto const& group) { comm.funcol().all_reduce(norms, how, group); }), ...);
}

/// `full_tensor()` of the norm that `clip_grad_norm_` returns. The infinity norm is still a partial maximum, so it is reduced again; other
/// norms are whole and need no call.
template <communicator Comm, class... Axis>
constexpr void full_norm(Comm& comm, dtype of, norm_kind kind, Axis const&... axes) {
  if (kind == norm_kind::infinity) reduce_norms(comm, 1, of, kind, axes...);
}

}  // namespace commfold::parallel
