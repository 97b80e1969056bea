// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/replicated_stage.hpp
/// A stage under DDP or Megatron-LM.

#include <src/input_error.hpp>
#include <src/plan/activation_calls.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/pieces.hpp>
#include <src/plan/plan.hpp>
#include <src/plan/stage_calls.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/parallel/ddp.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/parallel/pipeline.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype_name.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace commfold::io {

/// What DDP sends of a bucket: gradients have the dtype of their parameters, unless a hook compresses them.
inline parallel::ddp::hook hook_of(std::vector<parallel::ddp::piece> const& pieces, std::optional<dtype> as) {
  using enum parallel::ddp::hook_kind;
  if (!as || std::all_of(pieces.begin(), pieces.end(), [as](parallel::ddp::piece const& one) { return one.dtype == *as; })) return {};
  if (as == bf16) return {.kind = bf16_compress};
  if (as == f16) return {.kind = fp16_compress};
  throw input_error("ddp: reduces gradients in the dtype of the parameters, or compresses them to float16 or bfloat16, not to " +
                    std::string(name(*as)));
}

/// A stage that every replica has whole: under DDP, after its buckets are rebuilt, or under Megatron-LM, which sums all gradients in one
/// buffer when the step's backwards are done.
class replicated_stage {
 public:
  replicated_stage(held_model const& of, plan_options const& with, activation_calls const& calls)
      : of_(of), with_(with), calls_(calls), group_(with.mesh.group({axis::dp, axis::cp})) {
    if (!group_) return;
    std::vector<parallel::ddp::piece> const pieces = pieces_of(of);
    for (parallel::ddp::piece const& one : pieces)
      if (one.trainable) trained_ = add(trained_, one.elements);
    if (with.by == strategy::megatron || trained_ == 0) return;
    replica_.emplace(pieces, std::vector<parallel::ddp::piece>(), parallel::ddp::options{.comm_hook = hook_of(pieces, with.reduce_dtype)},
                     *group_);
    replica_->skip_steps(2);
  }

  template <class Comm>
  void forward(Comm& comm) {
    if (replica_) replica_->forward(comm);
    forward_of(comm, of_, calls_);
  }
  template <class Comm>
  void backward(Comm& comm, bool synchronises) {
    backward_of(comm, of_, calls_);
    reduce(comm, synchronises);
  }
  template <class Comm>
  void operator()(Comm& comm, parallel::pipeline::action const& one) {
    using parallel::pipeline::what;
    if (one.what == what::forward) comm.phase("forward", [&] { forward(comm); });
    if (one.what == what::full_backward || one.what == what::backward_input) comm.phase("backward", [&] { backward(comm, false); });
    if (one.what == what::reduce_grad) comm.phase("backward", [&] { reduce(comm, true); });
  }

 private:
  template <class Comm>
  void reduce(Comm& comm, bool synchronises) {
    if (replica_) replica_->backward(comm, synchronises);
    if (with_.by != strategy::megatron || !synchronises) return;
    calls_.sum_partial_gradients(comm, partial_elements(), *with_.reduce_dtype);
    if (group_ && trained_ != 0) comm.dist().all_reduce(parallel::flat_buffer{*with_.reduce_dtype, trained_}, sum, *group_);
  }
  [[nodiscard]] std::size_t partial_elements() const {
    std::size_t all = 0;
    auto const put = [&](held_module const& m, std::size_t count) {
      for (std::size_t const extent : calls_.partial_gradients(m)) all = add(all, multiply(extent, count));
    };
    for (layer_run const& run : of_.runs) put(of_.kinds[run.kind], run.count);
    for (held_module const& m : of_.after) put(m, 1);
    return all;
  }

  held_model const& of_;
  plan_options const& with_;
  activation_calls const& calls_;
  std::optional<dynamic_group> group_;
  std::optional<parallel::ddp::replicated_model<dynamic_group>> replica_;
  std::size_t trained_ = 0;
};

}  // namespace commfold::io
