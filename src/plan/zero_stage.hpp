// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/zero_stage.hpp
/// A stage under DeepSpeed's ZeRO.

#include <src/plan/activation_calls.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/pieces.hpp>
#include <src/plan/plan.hpp>
#include <src/plan/stage_calls.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/parallel/pipeline.hpp>
#include <commfold/parallel/zero.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace commfold::io {

/// A stage under DeepSpeed's ZeRO: a layer, or a part outside of layers, is a module that is gathered at once.
class zero_stage {
 public:
  zero_stage(held_model const& of, plan_options const& with, activation_calls const& calls)
      : of_(of), calls_(calls), model_(stage_of(with.by), modules_of(of), with.mesh.group({axis::dp})) {}

  template <class Comm>
  void forward(Comm& comm) {
    model_.forward(comm);
    forward_of(comm, of_, calls_);
  }
  template <class Comm>
  void backward(Comm& comm, bool is_last) {
    backward_of(comm, of_, calls_);
    model_.backward(comm, is_last);
  }
  template <class Comm>
  void optimize(Comm& comm) {
    comm.phase("optimizer", [&] { model_.step(comm); });
  }
  template <class Comm>
  void operator()(Comm& comm, parallel::pipeline::action const& one) {
    using parallel::pipeline::what;
    if (one.what == what::forward) comm.phase("forward", [&] { forward(comm); });
    if (one.what == what::full_backward || one.what == what::backward_input) comm.phase("backward", [&] { backward(comm, false); });
    if (one.what != what::reduce_grad) return;
    comm.phase("backward", [&] { model_.backward(comm, true); });
    optimize(comm);
  }

 private:
  static parallel::zero::stage stage_of(strategy by) {
    using parallel::zero::stage;
    return by == strategy::zero1 ? stage::optimizer : by == strategy::zero2 ? stage::gradients : stage::parameters;
  }
  static std::vector<parallel::zero::module> modules_of(held_model const& of) {
    std::vector<parallel::zero::module> modules;
    auto const put = [&](held_module const& m) {
      held_model alone;
      alone.before.push_back(m);
      modules.push_back(pieces_of(alone));
    };
    for (held_module const& m : of.before) put(m);
    for (layer_run const& run : of.runs)
      for (std::size_t i = 0; i != run.count; ++i) put(of.kinds[run.kind]);
    for (held_module const& m : of.after) put(m);
    return modules;
  }

  held_model const& of_;
  activation_calls const& calls_;
  parallel::zero::partitioned_model<std::optional<dynamic_group>> model_;
};

}  // namespace commfold::io
