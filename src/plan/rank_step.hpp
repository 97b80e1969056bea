// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/rank_step.hpp
/// One rank's step: its stages, in the order of the pipeline, or all micro-batches of the whole model.

#include <src/plan/activation_calls.hpp>
#include <src/plan/combinations.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/plan.hpp>
#include <src/plan/sharded_stage.hpp>
#include <src/plan/zero_stage.hpp>

#include <commfold/parallel/pipeline.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold::io {

/// One rank's step: its stages, in the order of the pipeline, or all micro-batches of the whole model.
template <class Stage>
class rank_step {
 public:
  rank_step(held_model const& whole, plan_options const& with) : with_(with), calls_(whole, with), shape_(shape_of(whole, with)) {
    std::size_t const pp = with.mesh.ranks(axis::pp);
    if (pp != 1) pipeline_.emplace(schedule_of(with));
    std::vector<std::size_t> const held = pipeline_ ? pipeline_->map().of_rank(with.pipeline_rank) : std::vector<std::size_t>{0};
    for (std::size_t const stage : held) stages_.emplace_back(stage, whole.stage(stage, pipeline_ ? pipeline_->stages() : 1));
  }

  /// Of all stages of the rank.
  template <class Each>
  void for_each_stage(Each const& each) const {
    for (auto const& [stage, model] : stages_) each(model);
  }

  template <class Comm>
  void operator()(Comm& comm) const {
    std::vector<std::pair<std::size_t, Stage>> made;
    made.reserve(stages_.size());
    for (auto const& [stage, model] : stages_) made.emplace_back(stage, Stage(model, with_, calls_));
    if (pipeline_) return piped(comm, made);
    Stage& model = made.front().second;
    // All micro-batches but the last are alike.
    auto const run = [&](bool synchronises) {
      comm.phase("forward", [&] { model.forward(comm); });
      comm.phase("backward", [&] {
        if constexpr (std::is_same_v<Stage, sharded_stage>)
          model.backward(comm, {.requires_gradient_sync = synchronises});
        else
          model.backward(comm, synchronises);
      });
    };
    bool const others_synchronise = with_.by != strategy::megatron && with_.by != strategy::zero1 && !with_.no_sync;
    if (with_.micro_batches != 1) comm.repeat(with_.micro_batches - 1, [&] { run(others_synchronise); });
    run(true);
    if constexpr (std::is_same_v<Stage, zero_stage>) model.optimize(comm);
  }

 private:
  template <class Comm>
  void piped(Comm& comm, std::vector<std::pair<std::size_t, Stage>>& made) const {
    // Under sequence parallelism stages hand on their parts of the sequence.
    std::size_t const parts = with_.sequence_parallel ? with_.mesh.ranks(axis::tp) : 1;
    dynamic_tensor const handed_on(shape_.computed, {shape_.sequences, shape_.held_tokens / parts, shape_.hidden});
    comm.phase("pipeline", [&] {
      parallel::pipeline::play(comm, *pipeline_, with_.pipeline_rank, with_.mesh.group({axis::pp}), handed_on,
                               [&](parallel::pipeline::action const& one) {
                                 for (auto& [stage, model] : made)
                                   if (stage == one.stage) model(comm, one);
                               });
    });
  }

  plan_options const& with_;
  activation_calls calls_;
  micro_batch_shape shape_;
  std::optional<parallel::pipeline::schedule> pipeline_;
  std::vector<std::pair<std::size_t, held_model>> stages_;
};

}  // namespace commfold::io
