// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/combinations.hpp
/// Which strategies, axes and options go together.

#include <src/models/model.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/plan.hpp>

#include <commfold/parallel/pipeline/schedule.hpp>

namespace commfold::io {

/// `input_error`, with the reason, for what cannot be combined: an axis that the strategy does not have, one that it needs, options of
/// another strategy, sizes of activations that are missing where an axis sends activations, micro-batches that do not divide the batch.
void expect_combination(model const& of, plan_options const& with);

/// `input_error` for a gradient that is a sum over tp and that, under this strategy, no call is known to add up.
void expect_gradients_are_summed(held_model const& whole, plan_options const& with);

/// Whether parameters become `param_dtype` before they are trained, as DeepSpeed and Megatron have it, which keep a copy in float32. DDP
/// and FSDP keep them as they are, and compute in `param_dtype`.
[[nodiscard]] bool converts_parameters(strategy s) noexcept;

/// The schedule of the mesh's pipeline. `input_error` for a name that is none, with the known ones, for a rank that is none, and for what
/// the schedule refuses.
[[nodiscard]] parallel::pipeline::schedule schedule_of(plan_options const& with);

}  // namespace commfold::io
