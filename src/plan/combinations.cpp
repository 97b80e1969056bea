// SPDX-License-Identifier: BSL-1.0
#include <src/plan/combinations.hpp>

#include <src/input_error.hpp>
#include <src/plan/tensor_roles.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

namespace {

bool is_sharded(strategy s) { return s == strategy::fsdp2 || s == strategy::fsdp1 || s == strategy::hsdp; }
bool is_deepspeed(strategy s) { return s == strategy::zero1 || s == strategy::zero2 || s == strategy::zero3; }

[[noreturn]] void refuse(plan_options const& with, std::string const& what) {
  throw input_error(std::string(name_of(with.by)) + ": " + what);
}

[[noreturn]] void refuse_option(std::string const& option, std::string const& why) { throw input_error("--" + option + ": " + why); }

void refuse_axis(plan_options const& with, axis a, std::string const& why) {
  if (with.mesh.has(a)) refuse(with, "the axis " + std::string(name_of(a)) + " is not planned with it: " + why);
}

void expect_axes(plan_options const& with) {
  plan_mesh const& mesh = with.mesh;
  if (with.by == strategy::hsdp && !(mesh.has(axis::dp) && mesh.has(axis::fsdp)))
    refuse(with, "shards over the axis fsdp and replicates over dp; the mesh must have both");
  if (!is_sharded(with.by)) refuse_axis(with, axis::fsdp, "it shards no parameters over it; call the axis dp");
  switch (with.by) {
    case strategy::ddp:
      refuse_axis(with, axis::ep, "DDP reduces all gradients over one group");
      if (with.sequence_parallel)
        refuse(with, "--sequence-parallel leaves gradients of norms that DDP does not sum; fsdp2 and megatron do");
      break;
    case strategy::megatron:
      refuse_axis(with, axis::cp, "Megatron's is that of Transformer Engine, of which no run was measured");
      refuse_axis(with, axis::ep, "Megatron's dispatchers were not measured");
      break;
    case strategy::fsdp1:
      if (mesh.has(axis::fsdp)) refuse_axis(with, axis::dp, "its hybrid shards are planned as hsdp");
      refuse_axis(with, axis::tp, "DTensor composes with fsdp2");
      refuse_axis(with, axis::cp, "PyTorch's context parallelism composes with fsdp2");
      refuse_axis(with, axis::ep, "a flat parameter holds experts and the rest together");
      refuse_axis(with, axis::pp, "PyTorch's pipelines compose with fsdp2");
      break;
    case strategy::zero2:
    case strategy::zero3:
      refuse_axis(with, axis::pp, "DeepSpeed's pipelines run with stage 1 alone");
      [[fallthrough]];
    case strategy::zero1:
      refuse_axis(with, axis::tp, "DeepSpeed leaves it to Megatron");
      refuse_axis(with, axis::cp, "DeepSpeed leaves it to Megatron");
      refuse_axis(with, axis::ep, "DeepSpeed's experts have groups of their own");
      break;
    default:
      break;
  }
}

void expect_options(plan_options const& with) {
  if (!is_sharded(with.by)) {
    if (!with.reshard_after_forward) refuse(with, "--no-reshard-after-forward is of FSDP");
    if (with.pad) refuse(with, "--pad is of FSDP");
    if (with.units != plan_options().units) refuse(with, "--units is of FSDP");
  }
  if (is_deepspeed(with.by) && with.no_sync)
    refuse(with, with.by == strategy::zero1 ? "--no-sync: it always reduces in the last micro-batch alone"
                                            : "--no-sync: gradients that are sharded are reduced in every micro-batch");
  if (is_deepspeed(with.by) && with.reduce_dtype != with.param_dtype)
    refuse(with, "reduces gradients in what is computed in; communication_data_type is not planned");
  if (with.by == strategy::zero3 && with.checkpointing)
    refuse(with, "--checkpointing: what stage 3 gathers once more when a layer is computed again is not known");
  if (with.loss_parallel && with.mesh.ranks(axis::tp) == 1) refuse_option("loss-parallel", "is over the ranks of tp, and there is one");
  if (with.loss_parallel && with.by == strategy::megatron) refuse(with, "--loss-parallel: its loss is always computed on parts");
  if (with.sequence_parallel && with.mesh.ranks(axis::tp) == 1)
    refuse_option("sequence-parallel", "is over the ranks of tp, and there is one");
  if (with.mesh.ranks(axis::pp) != 1) {
    if (with.no_sync) refuse_option("no-sync", "a pipeline reduces at the end of a step without it");
    return;
  }
  if (with.pipeline_rank != 0) refuse_option("pipeline-rank", "is " + std::to_string(with.pipeline_rank) + ", and there is no pipeline");
  if (with.schedule) refuse_option("schedule", "is that of a pipeline, and there is none");
  if (with.stages_per_rank) refuse_option("stages-per-rank", "is that of a pipeline, and there is none");
}

void expect_activations(model const& of, plan_options const& with) {
  plan_mesh const& mesh = with.mesh;
  for (axis const a : {axis::tp, axis::pp, axis::cp, axis::ep}) {
    if (mesh.ranks(a) == 1) continue;
    std::string const name(name_of(a));
    if (!with.batch || !with.seq_len) refuse_option(with.batch ? "seq-len" : "batch", "is missing; " + name + " sends activations");
    if (with.trainable)
      refuse_option("trainable", "which gradients of activations " + name + " sends beside frozen parameters is not known");
  }
  if (mesh.ranks(axis::pp) != 1 && of.as_saved)
    throw input_error("pp: a checkpoint does not say on which side of its layers the rest stands; give the model's config.json");
  if (mesh.has(axis::ep) && of.tree.experts == 0) throw input_error("ep: the model has no routed experts");
  if (with.batch && *with.batch % with.micro_batches != 0)
    refuse_option("micro-batches", std::to_string(with.micro_batches) + " do not divide a batch of " + std::to_string(*with.batch));
  std::size_t const parts = mesh.ranks(axis::cp) * (with.sequence_parallel ? mesh.ranks(axis::tp) : 1);
  if (with.seq_len && *with.seq_len % parts != 0)
    refuse_option("seq-len", std::to_string(parts) + " ranks of " +
                                 (with.sequence_parallel ? (mesh.has(axis::cp) ? "cp and tp" : "tp") : "cp") + " do not divide " +
                                 std::to_string(*with.seq_len) + " tokens");
}

void expect_sum(held_parameter const& p, plan_options const& with) {
  if (p.cut) return;
  bool const norms_are_summed = is_sharded(with.by) || (with.by == strategy::megatron && with.sequence_parallel);
  if (is_norm_of_heads(p.name) && !norms_are_summed)
    refuse(with, "the gradient of '" + shortened(p.name) + "' is a sum over tp that it is not known to make; " +
                     (with.by == strategy::megatron ? "--sequence-parallel makes it" : "fsdp2 makes it"));
  if (with.sequence_parallel && p.shape.size() > 1)
    refuse_option("sequence-parallel", "the gradient of '" + shortened(p.name) + "' is a sum over tp that no strategy is known to make");
}

}  // namespace

bool converts_parameters(strategy s) noexcept { return is_deepspeed(s) || s == strategy::megatron; }

void expect_gradients_are_summed(held_model const& whole, plan_options const& with) {
  if (with.mesh.ranks(axis::tp) == 1) return;
  for (std::vector<held_module> const* const modules : {&whole.before, &whole.kinds, &whole.after})
    for (held_module const& m : *modules)
      for (held_parameter const& p : m.parameters) expect_sum(p, with);
}

parallel::pipeline::schedule schedule_of(plan_options const& with) {
  using parallel::pipeline::schedule_kind;
  struct known {
    std::string_view name;
    schedule_kind kind;
    std::size_t stages_per_rank;
  };
  constexpr known schedules[] = {{"gpipe", schedule_kind::gpipe, 1},
                                 {"1f1b", schedule_kind::one_f_one_b, 1},
                                 {"interleaved-1f1b", schedule_kind::interleaved_1f1b, 2},
                                 {"looped-bfs", schedule_kind::looped_bfs, 2},
                                 {"interleaved-zero-bubble", schedule_kind::interleaved_zero_bubble, 2},
                                 {"zbv", schedule_kind::zbv_zero_bubble, 2},
                                 {"dualpipev", schedule_kind::dualpipe_v, 2}};
  std::size_t const ranks = with.mesh.ranks(axis::pp);
  if (with.pipeline_rank >= ranks)
    refuse_option("pipeline-rank", "is " + std::to_string(with.pipeline_rank) + ", and pp has " + std::to_string(ranks) + " ranks");
  std::string const name = with.schedule.value_or("1f1b");
  for (known const& one : schedules) {
    if (one.name != name) continue;
    try {
      return {one.kind, ranks, with.stages_per_rank.value_or(one.stages_per_rank), with.micro_batches};
    } catch (error const& refusal) {
      refuse_option("schedule", reason_of(refusal));
    }
  }
  refuse_option(
      "schedule",
      "'" + shortened(name) + "' is none; there are gpipe, 1f1b, interleaved-1f1b, looped-bfs, interleaved-zero-bubble, zbv and dualpipev");
}

void expect_combination(model const& of, plan_options const& with) {
  if (with.micro_batches == 0) refuse_option("micro-batches", "must be positive, and is 0");
  expect_axes(with);
  expect_options(with);
  expect_activations(of, with);
}

}  // namespace commfold::io
