// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/sharded_stage.hpp
/// A stage under FSDP.

#include <src/plan/activation_calls.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/plan.hpp>
#include <src/plan/sharded_units.hpp>
#include <src/plan/stage_calls.hpp>

#include <commfold/parallel/fsdp.hpp>
#include <commfold/parallel/pipeline.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace commfold::io {

/// One stage under FSDP, with the calls of its activations where they stand between the gathers.
class sharded_stage {
 public:
  sharded_stage(held_model const& of, plan_options const& with, activation_calls const& calls)
      : of_(of),
        with_(with),
        calls_(calls),
        layers_are_units_(unit_of_label(with, "layer") != "root"),
        units_(units_of(of, with), policy_of(with), meshes_of(with).dense, meshes_of(with).experts) {
    embed_ = unit_of_label(with, "embed");
    head_ = unit_of_label(with, of.tied ? "embed" : "head");  // tied, the embedding is the head
  }

  template <class Comm>
  void forward(Comm& comm) {
    units_.forward(comm, [&](parallel::fsdp::moment const& at) {
      if (at.enters(embed_) && !of_.before.empty()) calls_.embedding_forward(comm);
      if (held_module const* const layer = entered(at)) calls_.layer_forward(comm, *layer);
      if (at.enters("root") && !layers_are_units_)
        for_each_layer(comm, of_, false, [&](held_module const& layer) { calls_.layer_forward(comm, layer); });
      if (at.begins("experts")) calls_.dispatch(comm);
      if (at.ends("experts")) calls_.combine(comm);
      if ((head_ == "root" ? at.leaves(head_) : at.enters(head_)) && !of_.after.empty()) calls_.head_forward(comm);
    });
  }

  template <class Comm>
  void backward(Comm& comm, parallel::fsdp::micro_batch const& of) {
    units_.backward(comm, of, [&](parallel::fsdp::moment const& at) {
      if (at.enters(head_) && !of_.after.empty()) calls_.head_backward(comm);
      if (held_module const* const layer = entered(at)) calls_.layer_backward(comm, *layer);
      if (at.enters("root") && !layers_are_units_)
        for_each_layer(comm, of_, true, [&](held_module const& layer) { calls_.layer_backward(comm, layer); });
      if (at.begins("experts")) calls_.combine_backward(comm);
      if (at.ends("experts")) calls_.dispatch_backward(comm);
      if ((embed_ == "root" ? at.leaves(embed_) : at.enters(embed_)) && !of_.before.empty()) calls_.embedding_backward(comm);
      sum_partial_gradients(comm, at);
    });
  }

  /// The actions of a pipeline. What is not reduced until the end of the step stays whole until then.
  template <class Comm>
  void operator()(Comm& comm, parallel::pipeline::action const& one) {
    using parallel::pipeline::what;
    if (one.what == what::forward) comm.phase("forward", [&] { forward(comm); });
    if (one.what == what::full_backward || one.what == what::backward_input)
      comm.phase("backward",
                 [&] { backward(comm, {.requires_gradient_sync = false, .reshard_after_backward = false, .is_last_backward = false}); });
    if (one.what == what::unshard) comm.phase("unshard", [&] { units_.unshard(comm); });
    if (one.what == what::reshard) units_.reshard();
    if (one.what == what::reduce_grad)
      comm.phase("backward",
                 [&] { units_.reduce_gradients(comm, {}, [&](parallel::fsdp::moment const& at) { sum_partial_gradients(comm, at); }); });
  }

 private:
  /// The name of the unit that has a module: the root's where it is in no other one.
  static std::string_view unit_of_label(plan_options const& with, std::string_view label) {
    for (unit_members const& unit : with.units)
      if (std::find(unit.begin(), unit.end(), label) != unit.end()) return unit.front();
    return "root";
  }
  [[nodiscard]] held_module const* kind_of(std::string_view unit) const {
    for (held_module const& kind : of_.kinds)
      if (kind.label == unit) return &kind;
    return nullptr;
  }
  [[nodiscard]] held_module const* entered(parallel::fsdp::moment const& at) const {
    return at.is == parallel::fsdp::moment::when::enter ? kind_of(at.unit) : nullptr;
  }

  template <class Comm>
  void sum_partial_gradients(Comm& comm, parallel::fsdp::moment const& at) const {
    if (at.is != parallel::fsdp::moment::when::reduces) return;
    if (held_module const* const layer = kind_of(at.unit)) return calls_.sum_partial_gradients(comm, *layer);
    if (at.unit == "root" && !layers_are_units_)
      for_each_layer(comm, of_, false, [&](held_module const& layer) { calls_.sum_partial_gradients(comm, layer); });
    for (std::vector<held_module> const* const modules : {&of_.before, &of_.after})
      for (held_module const& m : *modules)
        if (unit_of_label(with_, m.label) == at.unit) calls_.sum_partial_gradients(comm, m);
  }

  held_model const& of_;
  plan_options const& with_;
  activation_calls const& calls_;
  bool layers_are_units_;
  std::string_view embed_, head_;
  parallel::fsdp::sharded_model<sharded_mesh, sharded_mesh> units_;
};

}  // namespace commfold::io
