// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/fsdp2.hpp
/// One training step under PyTorch's FSDP2 (`fully_shard` on every layer and on the root), call by call as FSDP2 makes them.

#include <commfold/commfold.hpp>

#include <cstddef>
#include <tuple>

namespace fsdp2 {

namespace cf = commfold;

/// The arguments of `fully_shard` that change what is communicated.
struct options {
  cf::dtype param_dtype = cf::bf16;   ///< what is gathered: `MixedPrecisionPolicy.param_dtype`, or the dtype of the parameters
  cf::dtype reduce_dtype = cf::bf16;  ///< what is reduced: `MixedPrecisionPolicy.reduce_dtype`, or `param_dtype`
  bool reshard_after_forward = true;  ///< free the gathered layers after the forward, and gather them again for the backward
};

/// The rows of dimension 0 that one rank holds of a parameter: FSDP2 shards that dimension and pads it to equal shards.
constexpr std::size_t shard_rows(std::size_t rows, std::size_t ranks) { return rows / ranks + (rows % ranks != 0 ? 1 : 0); }

/// The elements that one rank holds of all parameters of a unit, padding included: FSDP2 gathers a unit as one flat buffer of these.
template <class Unit>
constexpr std::size_t shard_elements(Unit const& unit, std::size_t ranks) {
  auto const add_parameter = [&](std::size_t elements, auto const& parameter) -> std::size_t {
    std::size_t const rows = cf::extents_of(parameter).extent(0);
    return rows == 0 ? elements : cf::add(elements, cf::multiply(shard_rows(rows, ranks), cf::numel(parameter) / rows));
  };
  return cf::tree_fold(add_parameter, std::size_t{0}, unit);
}

/// What a unit is gathered into and reduced from: one dimension, of a dtype that the policy decides. A tensor by the traits below: it holds
/// two numbers, where a `dynamic_tensor` has room for any shape, and a log has a call for every layer.
struct flat_buffer {
  cf::dtype dtype;
  std::size_t elements;
};

}  // namespace fsdp2

template <>
struct commfold::tensor_traits<fsdp2::flat_buffer> {
  using extents_type = commfold::extents<commfold::dyn>;
  static constexpr extents_type extents(fsdp2::flat_buffer const& buffer) { return extents_type(buffer.elements); }
  static constexpr commfold::dtype dtype(fsdp2::flat_buffer const& buffer) { return buffer.dtype; }
};

namespace fsdp2 {

/// A step of a model with `embed`, `layers` (all of one shape), `norm` and `head`, sharded over one group.
inline constexpr auto step = [](auto& comm, auto const& model, auto const& dp, options const& with) {
  auto const gather = [&](std::size_t shard) {
    flat_buffer const whole{with.param_dtype, cf::multiply(shard, dp.size)};
    comm.all_gather_into_tensor(whole, flat_buffer{with.param_dtype, shard}, dp);
  };
  auto const reduce = [&](std::size_t shard) {
    flat_buffer const whole{with.reduce_dtype, cf::multiply(shard, dp.size)};
    comm.reduce_scatter_tensor(flat_buffer{with.reduce_dtype, shard}, whole, cf::avg, dp);
  };
  std::size_t const layers = model.layers.size();
  std::size_t const layer = shard_elements(*model.layers.begin(), dp.size);
  // What no layer holds is a unit of its own, the root's. It is never resharded after the forward: the backward would need it at once.
  std::size_t const root = shard_elements(std::tie(model.embed, model.norm, model.head), dp.size);

  comm.phase("forward", [&] {
    gather(root);
    comm.repeat(layers, [&] { gather(layer); });
  });
  comm.phase("backward", [&] {
    if (with.reshard_after_forward) {
      // The layer before is gathered ahead of time, while the gradients of this one are computed.
      gather(layer);
      comm.repeat(layers - 1, [&] {
        gather(layer);
        reduce(layer);
      });
      reduce(layer);
    } else {
      comm.repeat(layers, [&] { reduce(layer); });
    }
    reduce(root);
  });
};

}  // namespace fsdp2
