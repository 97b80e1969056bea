// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/axis.hpp
/// The device mesh that the steps of a decoder run over.

#include <commfold/commfold.hpp>
#include <commfold/parallel/axis.hpp>

namespace steps {

namespace cf = commfold;
using cf::parallel::is_there;
using cf::parallel::no_axis;
using cf::parallel::ranks;

/// The axes of PyTorch's `DeviceMesh`, outermost first. `reshard` is no axis of that mesh but a part of `shard`: the 4 ranks that hold a
/// unit together between forward and backward under `fully_shard(..., reshard_after_forward=4)`.
template <class Replicate, class Shard, class Tensor, class Reshard = no_axis>
struct mesh {
  Replicate replicate;
  Shard shard;
  Tensor tensor;
  Reshard reshard = {};
};
template <class Replicate, class Shard, class Tensor, class Reshard = no_axis>
mesh(Replicate, Shard, Tensor, Reshard = {}) -> mesh<Replicate, Shard, Tensor, Reshard>;

}  // namespace steps
