// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/decoder.hpp
/// A training step of a decoder under FSDP2 or HSDP, under tensor parallelism, or under one of the first two with the third: call by call
/// as PyTorch makes them. The mesh decides which it is: an axis that the program does without communicates nothing.

#include "axis.hpp"
#include "fsdp.hpp"
#include "tensor_parallel.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/clip.hpp>

#include <cstddef>
#include <tuple>

namespace steps {

struct options {
  fsdp2::options data{};
  tensor_parallel::options tensor{};
};

// Of a model with `embed`, `layers` (all of one shape), `norm` and `head`:

/// How many parameters it has, each of which is a tensor.
template <class Model>
constexpr std::size_t parameter_count(Model const& model) {
  auto const add_one = [](std::size_t n, auto const&) -> std::size_t { return n + 1; };
  std::size_t const in_layer = cf::tree_fold(add_one, std::size_t{0}, *model.layers.begin());
  return in_layer * model.layers.size() + cf::tree_fold(add_one, std::size_t{0}, std::tie(model.embed, model.norm, model.head));
}
template <class Model>
constexpr std::size_t norm_count(Model const& model) {
  return 2 * model.layers.size() + 1;
}
/// The dtype of the parameters and of their gradients, which FSDP2 casts back after the reduction.
template <class Model>
constexpr cf::dtype stored(Model const& model) {
  return cf::dtype_of_tensor(model.norm);
}
/// The dtype of the activations.
template <class Model, class Mesh>
constexpr cf::dtype computed(Model const& model, Mesh const& axes, options const& with) {
  return is_there(axes.shard) ? with.data.param_dtype : stored(model);
}

/// The model under FSDP2, sharded in units of what one rank of the tensor axis holds. Without a shard axis it communicates nothing.
template <class Model, class Mesh>
constexpr auto units_of(Model const& model, Mesh const& axes, options const& with) {
  return fsdp2::sharded(axes, with.data, tensor_parallel::held_of_root(model, axes.tensor),
                        tensor_parallel::held_of_layer(*model.layers.begin(), axes.tensor), model.layers.size());
}
template <class Model, class Mesh>
constexpr auto parts_of(Model const& model, Mesh const& axes, options const& with) {
  return tensor_parallel::parts_of(model, axes.tensor, with.tensor, computed(model, axes, with));
}

/// Once, before the first step. `fully_shard` makes no call: each rank has the whole model and keeps its shard of it. The scatters of
/// `parallelize_module` are made over an axis of one rank, too.
inline constexpr auto init = [](auto& comm, auto const& model, auto const& axes, options const&) {
  tensor_parallel::distribute(comm, model, axes.tensor);
};

inline constexpr auto forward = [](auto& comm, auto const& model, auto const& axes, options const& with) {
  auto const parts = parts_of(model, axes, with);
  units_of(model, axes, with).forward(comm, [&](cf::parallel::fsdp::moment const& at) {
    if (at.enters("root")) parts.embedding.forward(comm);
    if (at.enters("layer")) parts.layer.forward(comm);
    if (at.leaves("root")) parts.head.forward(comm);
  });
};

inline constexpr auto loss = [](auto& comm, auto const& model, auto const& axes, options const& with) {
  parts_of(model, axes, with).head.loss(comm, computed(model, axes, with));
};

inline constexpr auto backward = [](auto& comm, auto const& model, auto const& axes, options const& with) {
  auto const parts = parts_of(model, axes, with);
  // FSDP2 gives a gradient the placement of its parameter before it reduces it, so a norm's gradient is summed over the tensor axis here.
  // Without FSDP2 it stays a partial sum until it is used: see `clip` and `optimizer`. Gradients have the dtype of the gathered parameters.
  auto const sum_norm_gradients = [&](std::size_t norms_of_unit) {
    if (is_there(axes.shard)) parts.between.sum_norm_gradients(comm, norms_of_unit, with.data.param_dtype);
  };
  auto units = units_of(model, axes, with);
  units.assume_forward();
  units.backward(comm, {}, [&](cf::parallel::fsdp::moment const& at) {
    if (at.enters("root")) parts.head.backward(comm);
    if (at.enters("layer")) parts.layer.backward(comm);
    if (at.leaves("root")) parts.embedding.backward(comm);
    if (at.reduces("layer")) sum_norm_gradients(2);
    if (at.reduces("root")) sum_norm_gradients(1);
  });
};

/// `clip_grad_norm_`: the norms of all gradients in one tensor, summed over the axes along which the gradients are sharded. With FSDP2 and
/// tensor parallelism it makes no call unless there is sequence parallelism, too: without it the weights of the norm layers are DTensors
/// over another mesh than the rest, and PyTorch refuses to stack their gradients' norms.
inline constexpr auto clip = [](auto& comm, auto const& model, auto const& axes, options const& with) {
  bool const both = is_there(axes.shard) && is_there(axes.tensor);
  if (both && !with.tensor.sequence_parallel) return;
  if (!both) parts_of(model, axes, with).between.sum_norm_gradients(comm, norm_count(model), stored(model));
  cf::parallel::reduce_norms(comm, parameter_count(model), stored(model), cf::parallel::norm_kind::finite, axes.shard, axes.tensor);
};

/// `torch.optim.AdamW`, which updates shards in place. A norm's gradient that is still a partial sum is summed at each of its three uses in
/// Adam's formula: three times the bytes of summing it once.
inline constexpr auto optimizer = [](auto& comm, auto const& model, auto const& axes, options const& with) {
  constexpr std::size_t uses = 3;
  if (!is_there(axes.shard)) parts_of(model, axes, with).between.sum_norm_gradients(comm, uses * norm_count(model), stored(model));
};

/// One step, in phases.
inline constexpr auto train = [](auto& comm, auto const& model, auto const& axes, options const& with) {
  comm.phase("forward", [&] { forward(comm, model, axes, with); });
  comm.phase("loss", [&] { loss(comm, model, axes, with); });
  comm.phase("backward", [&] { backward(comm, model, axes, with); });
  comm.phase("clip", [&] { clip(comm, model, axes, with); });
  comm.phase("optim", [&] { optimizer(comm, model, axes, with); });
};

}  // namespace steps
