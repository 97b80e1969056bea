// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/memory.hpp
/// What one rank keeps between steps: parameters, gradients, the states of the optimizer.

#include <src/plan/held_model.hpp>
#include <src/plan/plan.hpp>

#include <cstddef>

namespace commfold::io {

/// Of n elements of the rank's parameters, t of them trained, in a dtype of b bytes, and S ranks that share them out:
///
///                 parameters  gradients  optimizer (AdamW)
///     ddp         b n         b t        2 b t
///     fsdp, hsdp  b n / S     b t / S    2 b t / S, padding included
///     zero1       b n         b t        12 t / S
///     zero2       b n         b t / S    12 t / S
///     zero3       b n / S     b t / S    12 t / S
///     megatron    b n         4 t        12 t
///
/// AdamW of PyTorch has two states in the dtype of a parameter. DeepSpeed and Megatron keep a copy of the parameters and two states in
/// float32 (ZeRO, Rajbhandari et al. 2020, section 3.1: K = 12), and Megatron sums gradients in float32. FSDP1 and DeepSpeed cut flat
/// buffers of several parameters; here each parameter is divided by S for itself and rounded up, which is less than one element a
/// parameter too many. Activations, buckets, gathered layers and what an allocator leaves unused are not in it.
[[nodiscard]] rank_memory memory_of(held_model const& of, plan_options const& with);

}  // namespace commfold::io
