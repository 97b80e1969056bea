// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/combinations.hpp
/// Which strategies, axes and options go together.

#include <src/models/model.hpp>
#include <src/plan/plan.hpp>

namespace commfold::io {

/// `input_error`, with the reason, for what cannot be combined: an axis that the strategy does not have, one that it needs, options of
/// another strategy, sizes of activations that are missing where an axis sends activations, micro-batches that do not divide the batch.
void expect_combination(model const& of, plan_options const& with);

}  // namespace commfold::io
