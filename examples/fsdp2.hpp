// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/fsdp2.hpp
/// One training step under PyTorch's FSDP2 (`fully_shard` on every layer and on the root), over one group.

#include "steps/decoder.hpp"

#include <commfold/commfold.hpp>

namespace fsdp2 {

/// Forward and backward of a model with `embed`, `layers` (all of one shape), `norm` and `head`.
inline constexpr auto step = [](auto& comm, auto const& model, auto const& dp, options const& with) {
  steps::mesh const axes{steps::no_axis{}, dp, steps::no_axis{}};
  comm.phase("forward", [&] { steps::forward(comm, model, axes, {.data = with}); });
  comm.phase("backward", [&] { steps::backward(comm, model, axes, {.data = with}); });
};

}  // namespace fsdp2
