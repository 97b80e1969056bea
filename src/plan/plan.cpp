// SPDX-License-Identifier: BSL-1.0
#include <src/plan/plan.hpp>

#include <src/input_error.hpp>
#include <src/plan/activation_calls.hpp>
#include <src/plan/combinations.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/memory.hpp>
#include <src/plan/sharded_units.hpp>

#include <commfold/commfold.hpp>
#include <commfold/parallel/ddp.hpp>
#include <commfold/parallel/fsdp.hpp>
#include <commfold/parallel/pipeline.hpp>
#include <commfold/parallel/zero.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold::io {

namespace {

namespace pipeline = parallel::pipeline;

bool is_unit(plan_options const& with, std::string_view label) {
  return std::any_of(with.units.begin(), with.units.end(),
                     [&](unit_members const& unit) { return std::find(unit.begin(), unit.end(), label) != unit.end(); });
}

/// Calls each(layer) for every layer, alike ones as one that is repeated.
template <class Comm, class Each>
void for_each_layer(Comm& comm, held_model const& of, bool backwards, Each const& each) {
  for (std::size_t i = 0; i != of.runs.size(); ++i) {
    layer_run const& run = of.runs[backwards ? of.runs.size() - 1 - i : i];
    comm.repeat(run.count, [&] { each(of.kinds[run.kind]); });
  }
}

/// The calls of a stage's activations, all of them in order: where no unit of FSDP stands between them.
template <class Comm>
void forward_of(Comm& comm, held_model const& of, activation_calls const& calls) {
  if (!of.before.empty()) calls.embedding_forward(comm);
  for_each_layer(comm, of, false, [&](held_module const& layer) { calls.layer_forward(comm, layer); });
  if (!of.after.empty()) calls.head_forward(comm);
}
template <class Comm>
void backward_of(Comm& comm, held_model const& of, activation_calls const& calls) {
  if (!of.after.empty()) calls.head_backward(comm);
  for_each_layer(comm, of, true, [&](held_module const& layer) { calls.layer_backward(comm, layer); });
  if (!of.before.empty()) calls.embedding_backward(comm);
}

/// One stage under FSDP, with the calls of its activations where they stand between the gathers.
class sharded_stage {
 public:
  sharded_stage(held_model const& of, plan_options const& with, activation_calls const& calls)
      : of_(of),
        with_(with),
        calls_(calls),
        layers_are_units_(is_unit(with, "layer")),
        units_(units_of(of, with), policy_of(with), meshes_of(with).dense, meshes_of(with).experts) {
    embed_ = unit_of_label(with, "embed");
    head_ = unit_of_label(with, of.tied ? "norm" : "head");
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
  void operator()(Comm& comm, pipeline::action const& one) {
    using pipeline::what;
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

/// A stage that every replica has whole: under DDP, after its buckets are rebuilt, or under Megatron-LM, which sums all gradients in one
/// buffer when the step's backwards are done.
class replicated_stage {
 public:
  replicated_stage(held_model const& of, plan_options const& with, activation_calls const& calls, dtype held)
      : of_(of), with_(with), calls_(calls), group_(with.mesh.group({axis::dp, axis::cp})) {
    if (!group_) return;
    std::vector<parallel::ddp::piece> const pieces = pieces_of(of, held);
    for (parallel::ddp::piece const& one : pieces)
      if (one.trainable) trained_ = add(trained_, one.elements);
    if (with.by == strategy::megatron || trained_ == 0) return;
    replica_.emplace(pieces, std::vector<parallel::ddp::piece>(), parallel::ddp::options{.comm_hook = hook_of(held, *with.reduce_dtype)},
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
  void operator()(Comm& comm, pipeline::action const& one) {
    using pipeline::what;
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

/// A stage under DeepSpeed's ZeRO: a layer, or a part outside of layers, is a module that is gathered at once.
class zero_stage {
 public:
  zero_stage(held_model const& of, plan_options const& with, activation_calls const& calls, dtype held)
      : of_(of), calls_(calls), model_(stage_of(with.by), modules_of(of, held), with.mesh.group({axis::dp})) {}

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
  void operator()(Comm& comm, pipeline::action const& one) {
    using pipeline::what;
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
  static std::vector<parallel::zero::module> modules_of(held_model const& of, dtype as) {
    std::vector<parallel::zero::module> modules;
    auto const put = [&](held_module const& m) {
      held_model alone;
      alone.before.push_back(m);
      modules.push_back(pieces_of(alone, as));
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

/// One rank's step: its stages, in the order of the pipeline, or all micro-batches of the whole model.
template <class Stage, class... Arguments>
class rank_step {
 public:
  rank_step(held_model const& whole, plan_options const& with, Arguments const&... arguments)
      : with_(with), calls_(whole, with), shape_(shape_of(whole, with)), arguments_(arguments...) {
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
    for (auto const& [stage, model] : stages_)
      std::apply(
          [&, &held = model, at = stage](auto const&... arguments) { made.emplace_back(at, Stage(held, with_, calls_, arguments...)); },
          arguments_);
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
      pipeline::play(comm, *pipeline_, with_.pipeline_rank, with_.mesh.group({axis::pp}), handed_on, [&](pipeline::action const& one) {
        for (auto& [stage, model] : made)
          if (stage == one.stage) model(comm, one);
      });
    });
  }

  plan_options const& with_;
  activation_calls calls_;
  micro_batch_shape shape_;
  std::tuple<Arguments...> arguments_;
  std::optional<pipeline::schedule> pipeline_;
  std::vector<std::pair<std::size_t, held_model>> stages_;
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

dtype reduce_dtype_of(strategy s, dtype param_dtype) noexcept { return s == strategy::megatron ? f32 : param_dtype; }

plan make_plan(model const& of, plan_options const& given) {
  plan_options with = given;
  dtype const held = of.dtype.value_or(with.param_dtype.value_or(bf16));
  if (!with.param_dtype) with.param_dtype = held;
  if (!with.reduce_dtype) with.reduce_dtype = reduce_dtype_of(with.by, *with.param_dtype);
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

  parameter_counts const counts = count_parameters(of.tree);
  plan made{counts.total, counts.active, 0, {}, {}, {}};
  auto const make = [&](auto const& step) {
    step.for_each_stage([&](held_model const& part) {
      rank_memory const of_stage = memory_of(part, with);
      made.memory = {add(made.memory.parameters, of_stage.parameters), add(made.memory.gradients, of_stage.gradients),
                     add(made.memory.optimizer, of_stage.optimizer)};
      if (with.by != strategy::fsdp2 && with.by != strategy::hsdp) return;
      std::size_t const padding = padding_of(part, with);
      if (padding != 0 && !with.pad) refuse_padding(part, with, padding);
      made.padding = add(made.padding, padding);
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
      make(rank_step<replicated_stage, dtype>(whole, with, held));
      break;
    case strategy::zero1:
    case strategy::zero2:
    case strategy::zero3:
      make(rank_step<zero_stage, dtype>(whole, with, held));
      break;
  }
  return made;
}

}  // namespace commfold::io
