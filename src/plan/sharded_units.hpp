// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/sharded_units.hpp
/// A model that FSDP shards: its units, and how much they are padded.

#include <src/plan/held_model.hpp>
#include <src/plan/plan.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstddef>
#include <optional>

namespace commfold::io {

/// The groups that FSDP runs over.
using sharded_mesh = parallel::fsdp::mesh<std::optional<dynamic_group>, std::optional<dynamic_group>, parallel::no_axis>;

/// The first is of all parameters but the experts that ep shares out, the second one of these.
struct sharded_meshes {
  sharded_mesh dense, experts;
};
[[nodiscard]] sharded_meshes meshes_of(plan_options const& with);

/// `input_error` for units of modules that the model has not, that stand in two units, or that cannot be one.
void expect_units(held_model const& whole, plan_options const& with);

/// The units that `with.units` asks for, of the model or of one stage. `input_error` for a scalar. Names of units refer to `of`.
[[nodiscard]] parallel::fsdp::unit units_of(held_model const& of, plan_options const& with);
[[nodiscard]] parallel::fsdp::policy policy_of(plan_options const& with);

/// The elements that FSDP adds to all parameters, over the ranks that share them out.
[[nodiscard]] std::size_t padding_of(held_model const& of, plan_options const& with);
/// `input_error` for a parameter that FSDP2 pads; it names the first one.
void expect_no_padding(held_model const& whole, plan_options const& with);

}  // namespace commfold::io
