// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/fsdp2.hpp
/// One training step under PyTorch's FSDP2 (`fully_shard` on every layer and on the root), over one group.

#include "steps/fsdp.hpp"

#include <commfold/commfold.hpp>

#include <tuple>

namespace fsdp2 {

/// Forward and backward of a model with `embed`, `layers` (all of one shape), `norm` and `head`.
inline constexpr auto step = [](auto& comm, auto const& model, auto const& dp, options const& with) {
  steps::mesh const axes{steps::no_axis{}, dp, steps::no_axis{}};
  auto units = fsdp2::sharded(axes, with, std::tie(model.embed, model.norm, model.head), *model.layers.begin(), model.layers.size());
  comm.phase("forward", [&] { units.forward(comm); });
  comm.phase("backward", [&] { units.backward(comm); });
};

}  // namespace fsdp2
