// SPDX-License-Identifier: BSL-1.0
#include <src/plan/combinations.hpp>

#include <src/input_error.hpp>

#include <string>

namespace commfold::io {

namespace {

bool is_sharded(strategy s) { return s == strategy::fsdp2 || s == strategy::fsdp1 || s == strategy::hsdp; }
bool is_deepspeed(strategy s) { return s == strategy::zero1 || s == strategy::zero2 || s == strategy::zero3; }

[[noreturn]] void refuse(plan_options const& with, std::string const& what) {
  throw input_error(std::string(name_of(with.by)) + ": " + what);
}

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
  }
  if (is_deepspeed(with.by) && with.no_sync)
    refuse(with, with.by == strategy::zero1 ? "--no-sync: it always reduces in the last micro-batch alone"
                                            : "--no-sync: gradients that are sharded are reduced in every micro-batch");
  if (is_deepspeed(with.by) && with.reduce_dtype != with.param_dtype)
    refuse(with, "reduces gradients in what is computed in; communication_data_type is not planned");
  if (with.loss_parallel && with.mesh.ranks(axis::tp) == 1) throw input_error("--loss-parallel: is over the ranks of tp, and there is one");
  if (with.loss_parallel && with.by == strategy::megatron) refuse(with, "--loss-parallel: its loss is always computed on parts");
  if (with.mesh.ranks(axis::pp) == 1 && with.pipeline_rank != 0)
    throw input_error("--pipeline-rank: is " + std::to_string(with.pipeline_rank) + ", and there is no pipeline");
  if (with.mesh.ranks(axis::pp) != 1 && with.no_sync) throw input_error("--no-sync: a pipeline reduces in the end of a step without it");
  if (with.sequence_parallel && with.mesh.ranks(axis::tp) == 1)
    throw input_error("--sequence-parallel: is over the ranks of tp, and there is one");
}

void expect_activations(model const& of, plan_options const& with) {
  plan_mesh const& mesh = with.mesh;
  for (axis const a : {axis::tp, axis::pp, axis::cp, axis::ep}) {
    if (mesh.ranks(a) == 1) continue;
    if (!with.batch || !with.seq_len)
      throw input_error("--" + std::string(with.batch ? "seq-len" : "batch") + ": is missing; " + std::string(name_of(a)) +
                        " sends activations");
  }
  if (mesh.has(axis::ep) && of.tree.experts == 0) throw input_error("ep: the model has no routed experts");
  if (with.batch && *with.batch % with.micro_batches != 0)
    throw input_error("--micro-batches: " + std::to_string(with.micro_batches) + " do not divide a batch of " +
                      std::to_string(*with.batch));
  std::size_t const parts = mesh.ranks(axis::cp) * (with.sequence_parallel ? mesh.ranks(axis::tp) : 1);
  if (with.seq_len && *with.seq_len % parts != 0)
    throw input_error("--seq-len: " + std::to_string(parts) + " ranks of " +
                      (with.sequence_parallel ? (mesh.has(axis::cp) ? "cp and tp" : "tp") : "cp") + " do not divide " +
                      std::to_string(*with.seq_len) + " tokens");
}

}  // namespace

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
    throw input_error("--pipeline-rank: is " + std::to_string(with.pipeline_rank) + ", and pp has " + std::to_string(ranks) + " ranks");
  for (known const& one : schedules) {
    if (one.name != with.schedule) continue;
    try {
      return {one.kind, ranks, with.stages_per_rank.value_or(one.stages_per_rank), with.micro_batches};
    } catch (error const& refusal) {
      throw input_error("--schedule: " + reason_of(refusal));
    }
  }
  throw input_error("--schedule: '" + shortened(with.schedule) +
                    "' is none; there are gpipe, 1f1b, interleaved-1f1b, looped-bfs, interleaved-zero-bubble, zbv and dualpipev");
}

void expect_combination(model const& of, plan_options const& with) {
  if (with.micro_batches == 0) throw input_error("--micro-batches: must be positive, and is 0");
  expect_axes(with);
  expect_options(with);
  expect_activations(of, with);
}

}  // namespace commfold::io
