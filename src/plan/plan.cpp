// SPDX-License-Identifier: BSL-1.0
#include <src/plan/plan.hpp>

#include <src/input_error.hpp>
#include <src/plan/combinations.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/memory.hpp>
#include <src/plan/sharded_step.hpp>

#include <commfold/commfold.hpp>
#include <commfold/parallel/ddp.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace commfold::io {

namespace {

/// Runs micro-batches over `comm`; all but the last are alike.
template <class Comm, class Run>
void for_each_micro_batch(Comm& comm, plan_options const& with, Run const& run) {
  if (with.micro_batches != 1) comm.repeat(with.micro_batches - 1, [&] { run(!with.no_sync); });
  run(true);
}

struct sharded_step {
  held_model const& model;
  plan_options const& with;

  template <class Comm>
  void operator()(Comm& comm) const {
    sharded_meshes const meshes = meshes_of(with);
    parallel::fsdp::sharded_model units(units_of(model, with), policy_of(with), meshes.dense, meshes.experts);
    for_each_micro_batch(comm, with, [&](bool synchronises) {
      comm.phase("forward", [&] { units.forward(comm); });
      comm.phase("backward", [&] { units.backward(comm, {.requires_gradient_sync = synchronises}); });
    });
  }
};

/// The parameters as DDP's buckets take them, each by itself.
std::vector<parallel::ddp::piece> pieces_of(held_model const& of, dtype as) {
  std::vector<parallel::ddp::piece> pieces;
  auto const put = [&](held_module const& m) {
    for (held_parameter const& p : m.parameters)
      for (std::size_t i = 0; i != p.copies; ++i)
        pieces.push_back({as, elements_of(p.shape), p.shape.size(), p.shape.empty() ? std::size_t{1} : p.shape.front(), p.trainable});
  };
  for (held_module const& m : of.before) put(m);
  for (layer_run const& run : of.runs)
    for (std::size_t i = 0; i != run.count; ++i) put(of.kinds[run.kind]);
  for (held_module const& m : of.after) put(m);
  return pieces;
}

/// What DDP sends of a bucket: gradients have the dtype of their parameters, unless a hook compresses them.
parallel::ddp::hook hook_of(dtype of, dtype as) {
  using enum parallel::ddp::hook_kind;
  if (as == of) return {};
  if (as == bf16) return {.kind = bf16_compress};
  if (as == f16) return {.kind = fp16_compress};
  throw input_error("ddp: reduces gradients in the dtype of the parameters, or compresses them to float16 or bfloat16, not to " +
                    std::string(name(as)));
}

/// A step after the buckets are rebuilt.
struct replicated_step {
  held_model const& model;
  plan_options const& with;
  dtype held;  ///< of the parameters

  template <class Comm>
  void operator()(Comm& comm) const {
    auto const group = with.mesh.group({axis::dp, axis::cp});
    if (!group) return;
    parallel::ddp::replicated_model replica(pieces_of(model, held), {}, {.comm_hook = hook_of(held, *with.reduce_dtype)}, *group);
    replica.skip_steps(2);
    for_each_micro_batch(comm, with, [&](bool synchronises) {
      comm.phase("forward", [&] { replica.forward(comm); });
      comm.phase("backward", [&] { replica.backward(comm, synchronises); });
    });
  }
};

constexpr std::array<std::string_view, 8> strategy_names = {"ddp", "fsdp2", "fsdp1", "hsdp", "zero1", "zero2", "zero3", "megatron"};

template <class Step>
void record(plan& to, Step const& step, bool list_calls) {
  to.traffic = trace<dyn>(step);
  if (!list_calls) return;
  to.calls.reserve(to.traffic.calls());
  recorder comm(to.calls);
  step(comm);
}

}  // namespace

std::string_view name_of(strategy s) noexcept { return strategy_names[static_cast<std::size_t>(s)]; }

strategy strategy_from_name(std::string_view given) {
  for (std::size_t i = 0; i != strategy_names.size(); ++i)
    if (strategy_names[i] == given) return static_cast<strategy>(i);
  throw input_error("--strategy: '" + shortened(given) + "' is none; there are ddp, fsdp2, fsdp1, hsdp, zero1, zero2, zero3 and megatron");
}

plan make_plan(model const& of, plan_options const& given) {
  plan_options with = given;
  dtype const held = of.dtype.value_or(with.param_dtype.value_or(bf16));
  if (!with.param_dtype) with.param_dtype = held;
  if (!with.reduce_dtype) with.reduce_dtype = with.param_dtype;
  expect_combination(of, with);
  model fused;
  bool const fuses = with.experts == expert_layout::fused && has_separate_experts(of.tree);
  if (fuses) {
    fused = of;
    fused.tree = with_fused_experts(std::move(fused.tree));
  }
  held_model const whole = hold(
      fuses ? fused : of,
      {.tensor_ranks = with.mesh.ranks(axis::tp), .expert_ranks = with.mesh.ranks(axis::ep), .dtype = held, .trainable = with.trainable});
  expect_units(whole, with);
  held_model const part = whole.stage(with.pipeline_rank, with.mesh.ranks(axis::pp));

  parameter_counts const counts = count_parameters(of.tree);
  plan made{counts.total, counts.active, 0, memory_of(part, with), {}, {}};
  if (with.by == strategy::fsdp2 || with.by == strategy::hsdp) {
    made.padding = padding_of(part, with);
    if (made.padding != 0 && !with.pad) refuse_padding(part, with, made.padding);
  }
  switch (with.by) {
    case strategy::fsdp2:
    case strategy::fsdp1:
    case strategy::hsdp:
      record(made, sharded_step{part, with}, with.list_calls);
      break;
    case strategy::ddp:
      record(made, replicated_step{part, with, held}, with.list_calls);
      break;
    default:
      throw input_error(std::string(name_of(with.by)) + ": is not planned yet");
  }
  return made;
}

}  // namespace commfold::io
