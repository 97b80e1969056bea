// SPDX-License-Identifier: BSL-1.0
#include <src/plan/plan.hpp>

#include <src/input_error.hpp>
#include <src/plan/combinations.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/memory.hpp>
#include <src/plan/rank_step.hpp>
#include <src/plan/replicated_stage.hpp>
#include <src/plan/sharded_stage.hpp>
#include <src/plan/sharded_units.hpp>
#include <src/plan/zero_stage.hpp>

#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace commfold::io {

namespace {

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

std::optional<dtype> reduce_dtype_of(strategy s, model const& of, dtype param_dtype) noexcept {
  if (s == strategy::megatron) return f32;
  if (s != strategy::ddp || (!of.dtype && !of.as_saved)) return param_dtype;
  return of.dtype;
}

plan make_plan(model const& of, plan_options const& given) {
  plan_options with = given;
  if (!with.param_dtype) {
    if (!of.dtype) throw input_error(of.without_dtype);
    with.param_dtype = of.dtype;
  }
  if (!with.reduce_dtype) with.reduce_dtype = reduce_dtype_of(with.by, of, *with.param_dtype);
  expect_combination(of, with);
  model fused;
  bool const fuses = with.experts == expert_layout::fused && has_separate_experts(of.tree);
  if (fuses) {
    fused = of;
    fused.tree = with_fused_experts(std::move(fused.tree));
  }
  bool const converts = converts_parameters(with.by);
  held_model const whole = hold(fuses ? fused : of, {.tensor_ranks = with.mesh.ranks(axis::tp),
                                                     .expert_ranks = with.mesh.ranks(axis::ep),
                                                     .dtype = converts ? *with.param_dtype : of.dtype.value_or(*with.param_dtype),
                                                     .converts = converts,
                                                     .trainable = with.trainable});
  expect_gradients_are_summed(whole, with);
  expect_units(whole, with);
  bool const pads = with.by == strategy::fsdp2 || with.by == strategy::hsdp;
  if (pads && !with.pad) expect_no_padding(whole, with);

  parameter_counts const counts = count_parameters(of.tree);
  plan made{counts.total, counts.active, 0, {}, {}, {}};
  auto const make = [&](auto const& step) {
    step.for_each_stage([&](held_model const& part) {
      rank_memory const of_stage = memory_of(part, with);
      made.memory = {add(made.memory.parameters, of_stage.parameters), add(made.memory.gradients, of_stage.gradients),
                     add(made.memory.optimizer, of_stage.optimizer)};
      if (pads) made.padding = add(made.padding, padding_of(part, with));
    });
    record(made, step, with.list_calls);
  };
  switch (with.by) {
    case strategy::fsdp2:
    case strategy::fsdp1:
    case strategy::hsdp:
      make(rank_step<sharded_stage>(whole, with));
      break;
    case strategy::ddp:
    case strategy::megatron:
      make(rank_step<replicated_stage>(whole, with));
      break;
    case strategy::zero1:
    case strategy::zero2:
    case strategy::zero3:
      make(rank_step<zero_stage>(whole, with));
      break;
  }
  return made;
}

}  // namespace commfold::io
