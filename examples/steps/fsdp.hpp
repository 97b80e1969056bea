// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/fsdp.hpp
/// A decoder under PyTorch's FSDP2, in the units that most people make: one for each layer, and the root with the rest.

#include "axis.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstddef>
#include <type_traits>

namespace fsdp2 {

namespace cf = commfold;

/// The arguments of `fully_shard` that change what is communicated. A number of ranks as `reshard_after_forward` is no option here, but the
/// axis `steps::mesh::reshard`.
struct options {
  cf::dtype param_dtype = cf::bf16;   ///< what is gathered: `MixedPrecisionPolicy.param_dtype`, or the dtype of the parameters
  cf::dtype reduce_dtype = cf::bf16;  ///< what is reduced: `MixedPrecisionPolicy.reduce_dtype`, or `param_dtype`
  bool reshard_after_forward = true;  ///< free the gathered layers after the forward, and gather them again for the backward
};

/// The rows of dimension 0 that one rank holds of a parameter: FSDP2 shards that dimension and pads it to equal shards.
constexpr std::size_t shard_rows(std::size_t rows, std::size_t ranks) { return cf::ceil_div(rows, ranks); }

/// The elements that one rank holds of all parameters of a unit, padding included: FSDP2 gathers a unit as one flat buffer of these.
template <class Unit>
constexpr std::size_t shard_elements(Unit const& unit, std::size_t ranks) {
  cf::parallel::fsdp::schedule const alone(cf::parallel::fsdp::fully_shard(unit), {}, {{.shard = ranks}});
  return alone.units().at(0).gathered_shard;
}

/// Trees of what one rank holds of the root and of each of `layers` alike layers, as a sharded model over the axes of a mesh.
template <class Mesh, class Root, class Layer>
constexpr auto sharded(Mesh const& axes, options const& with, Root const& root, Layer const& layer, std::size_t layers) {
  namespace fsdp = cf::parallel::fsdp;
  fsdp::policy policy{.param_dtype = with.param_dtype, .reduce_dtype = with.reduce_dtype};
  if (steps::is_there(axes.reshard))
    policy.reshard_after_forward = steps::ranks(axes.reshard);
  else if (!with.reshard_after_forward)
    policy.reshard_after_forward = false;
  return fsdp::sharded_model(fsdp::fully_shard(root, fsdp::alike(layers, fsdp::fully_shard(layer).named("layer"))).named("root"), policy,
                             fsdp::mesh{axes.shard, axes.replicate, axes.reshard});
}

}  // namespace fsdp2
