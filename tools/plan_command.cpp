// SPDX-License-Identifier: BSL-1.0
#include <tools/plan_command.hpp>

#include <src/model_file.hpp>
#include <src/plan/plan.hpp>
#include <src/plan/search_report.hpp>
#include <src/whole_number.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::tool {

namespace {

std::string counted(std::size_t n, char const* what) { return cf::group_digits(n) + " " + what + (n == 1 ? "" : "s"); }

/// What a training program does beside the model.
void add_step_options(CLI::App& plan, plan_arguments& a) {
  plan.add_option("--mesh", a.mesh,
                  "The axes of the mesh and their ranks, the last one varying fastest, of dp, fsdp, cp, ep, tp and pp: dp=4,tp=8")
      ->type_name("NAME=N,...");
  plan.add_option("--strategy", a.strategy, "How replicas share the model: ddp, fsdp2, fsdp1, hsdp, zero1, zero2, zero3 or megatron")
      ->capture_default_str();
  plan.add_option("--batch", a.batch, "Sequences of a rank in a step, over all micro-batches")->type_name("N");
  plan.add_option("--seq-len", a.seq_len, "Tokens in a sequence")->type_name("N");
  plan.add_option("--micro-batches", a.micro_batches, "Parts of the batch that are computed one after the other (default: 1)")
      ->type_name("N");
  plan.add_flag("--no-sync", a.no_sync, "Reduce gradients in the last micro-batch alone");
  plan.add_option("--schedule", a.schedule,
                  "Of a pipeline: gpipe, 1f1b (the default), interleaved-1f1b, looped-bfs, interleaved-zero-bubble, zbv, dualpipev")
      ->type_name("NAME");
  plan.add_option("--stages-per-rank", a.stages_per_rank, "Of a pipeline (default: 1 under gpipe and 1f1b, 2 under the others)")
      ->type_name("N");
  plan.add_option("--pipeline-rank", a.pipeline_rank, "The rank along pp whose step is shown (default: 0)")->type_name("N");
  plan.add_flag("--sequence-parallel", a.sequence_parallel, "Share out tokens over tp where matrices are not cut");
  plan.add_flag("--loss-parallel", a.loss_parallel, "Compute the loss on the parts of the logits that ranks of tp have");
  plan.add_flag("--checkpointing", a.checkpointing, "Compute every layer again in the backward");
  plan.add_option("--units", a.units, "Units of FSDP beside the root: layer, embed, norm+head (default: layer)")->type_name("LIST");
  plan.add_option("--search", a.search, "Instead of one plan: the ten meshes of so many ranks that send least between nodes")
      ->type_name("N");
  plan.add_option("--trainable", a.trainable, "Parameters with gradients, by a regular expression; the others are frozen")
      ->type_name("REGEX");
}

/// The dtype that an option names.
cf::dtype dtype_from(char const* option, std::string const& given) {
  try {
    return cf::dtype_from_name(given);
  } catch (cf::invalid_argument const& error) {
    throw io::input_error(std::string(option) + ": " + io::reason_of(error));
  }
}

/// CLI11 would read 010 as eight.
std::size_t positive(std::string const& option, std::string const& given) {
  io::whole_number const number(given);
  if (!number.is_positive)
    throw io::input_error(option + ": must be a positive integer, and is " + (given.empty() ? "empty" : io::shortened(given)));
  if (!number.fits)
    throw io::input_error(option + ": must be at most " + std::to_string(~std::size_t{0}) + ", and is " + io::shortened(given));
  return number.value;
}

/// One that may be 0.
std::size_t number(std::string const& option, std::string const& given) {
  io::whole_number const number(given);
  if (!number.is_one || !number.fits)
    throw io::input_error(option + ": must be a whole number, and is " + (given.empty() ? "empty" : io::shortened(given)));
  return number.value;
}

io::plan_mesh mesh_of(plan_arguments const& a) {
  if (a.mesh && a.ranks) throw io::input_error("--ranks: is short for --mesh dp=N; give one of them");
  if (a.mesh) return io::plan_mesh::read("--mesh", *a.mesh);
  return io::plan_mesh::read("--ranks", "dp=" + std::to_string(a.ranks ? positive("--ranks", *a.ranks) : std::size_t{8}));
}

/// The parts of a list, which `sign` stands between.
std::vector<std::string> parts_of(std::string_view list, char sign) {
  std::vector<std::string> parts;
  for (;;) {
    std::size_t const at = list.find(sign);
    parts.emplace_back(list.substr(0, at));
    if (at == list.npos) return parts;
    list.remove_prefix(at + 1);
  }
}

/// "layer,norm+head"; "root" for none beside the root.
std::vector<io::unit_members> units_from(std::string const& given) {
  std::vector<io::unit_members> units;
  if (given == "root") return units;
  for (std::string const& unit : parts_of(given, ',')) units.push_back(parts_of(unit, '+'));
  return units;
}

/// How the plan holds experts; a checkpoint has them as it has them.
std::string experts_of(io::plan_options const& with, io::model const& model) {
  if (model.tree.experts == 0 || model.as_saved) return "";
  bool const fused = with.experts == io::expert_layout::fused || !io::has_separate_experts(model.tree);
  return fused ? ", experts fused" : ", experts separate";
}

std::string axes_of(io::plan_mesh const& mesh) {
  if (mesh.entries().size() == 1) return counted(mesh.ranks(), "rank");
  return counted(mesh.ranks(), "rank") + " (" + mesh.text() + ")";
}

/// Whether no axis shares out more than parameters and sequences.
bool is_of_data_alone(io::plan_mesh const& mesh) {
  using io::axis;
  return !mesh.has(axis::tp) && !mesh.has(axis::cp) && !mesh.has(axis::ep) && !mesh.has(axis::pp);
}

/// The strategy in words, as "FSDP2 over 8 ranks, gathered in bfloat16, reduced in bfloat16, resharded after the forward".
std::string step_of(io::plan_options const& with) {
  constexpr char const* titles[] = {"DDP", "FSDP2", "FSDP1", "HSDP", "ZeRO-1", "ZeRO-2", "ZeRO-3", "Megatron"};
  bool const is_sharded = with.by == io::strategy::fsdp2 || with.by == io::strategy::fsdp1 || with.by == io::strategy::hsdp;
  std::string step = std::string(titles[static_cast<std::size_t>(with.by)]) + " over " + axes_of(with.mesh);
  if (is_sharded || with.by == io::strategy::zero3) step += ", gathered in " + std::string(cf::name(*with.param_dtype));
  step += ", reduced in " + (with.reduce_dtype ? std::string(cf::name(*with.reduce_dtype)) : "the dtypes of the parameters");
  if (is_sharded) step += std::string(with.reshard_after_forward ? "," : ", not") + " resharded after the forward";
  if (with.micro_batches != 1)
    step += ", " + std::to_string(with.micro_batches) + " micro-batches" + (with.no_sync ? " of which the last one is reduced" : "");
  if (with.mesh.has(io::axis::pp))
    step += ", pipeline rank " + std::to_string(with.pipeline_rank) + " of " + std::to_string(with.mesh.ranks(io::axis::pp)) + " under " +
            with.schedule.value_or("1f1b");
  return step;
}

/// What a rank keeps between steps.
std::string memory_of(io::rank_memory const& of) {
  return cf::format_bytes(of.parameters) + " parameters, " + cf::format_bytes(of.gradients) + " gradients, " +
         cf::format_bytes(of.optimizer) + " optimizer";
}

report_words words_of(plan_arguments const& a, io::plan_options const& with, io::model const& model, io::plan const& plan) {
  std::string parameters = cf::group_digits(plan.parameters);
  if (plan.padding != 0) parameters += ", padded by " + cf::group_digits(plan.padding);
  std::string const step = step_of(with) + experts_of(with, model) + "; per rank and step";
  // One rank makes no call, and has no message bytes.
  std::string const sizes =
      plan.traffic.calls() == 0 || with.by == io::strategy::ddp || !is_of_data_alone(with.mesh)
          ? ""
          : "Message bytes are those of the whole buffer that is gathered or reduced: more ranks change them by padding alone.";
  std::string head = "parameters  " + parameters + "\n", markdown_head = ": " + parameters + " parameters";
  if (model.tree.experts != 0 && plan.active) {
    std::string const active = cf::group_digits(*plan.active);
    head += "active      " + active + "\n";
    markdown_head += ", of which a token uses " + active;
  }
  head += "memory      " + memory_of(plan.memory) + "\n";
  markdown_head += ". Memory of a rank: " + memory_of(plan.memory) + ". ";
  for (std::string const& note : model.notes) {
    head += note + "\n";
    markdown_head += note + ". ";
  }
  return {io::file_name(a.file), head + step + ":\n" + sizes + (sizes.empty() ? "" : "\n"),
          markdown_head + step + "." + (sizes.empty() ? "" : " ") + sizes};
}

void expect_experts(plan_arguments const& a, io::model const& model) {
  if (model.as_saved) throw io::input_error(a.file, "--experts: a checkpoint is planned with its experts as it holds them");
  if (model.tree.experts == 0) throw io::input_error(a.file, "--experts: the model has no experts");
  if (a.experts == "separate" && !io::has_separate_experts(model.tree))
    throw io::input_error(a.file, "--experts: this family holds its experts fused and in no other way");
}

void expect_format_has_wire(plan_arguments const& a) {
  if (a.wire.are_given() && a.report.format != "text" && a.report.format != "markdown")
    throw io::input_error("--backend: a plan in " + a.report.format +
                          " does not hold it; write the plan in json, and give commfold wire that");
}

/// The options with the plan's own mesh, and the groups along several of its axes.
io::wire_options wire_options_of(plan_arguments const& a, io::plan_options const& with) {
  io::wire_options given = a.wire;
  given.mesh = with.mesh.text();
  given.groups = with.mesh.flattened_groups();
  // Along these, the peers and the parts of a call are those of one rank.
  for (io::axis const one : {io::axis::cp, io::axis::ep, io::axis::pp})
    if (with.mesh.ranks(one) != 1) given.rank = std::to_string(with.mesh.first_rank_at(io::axis::pp, with.pipeline_rank));
  return given;
}

/// What follows a plan whose library is given.
std::string wire_of_plan(plan_arguments const& a, io::wire_setup const& by, io::plan const& plan) {
  return "\n" + io::wire_report(plan.traffic, by, wire_format_of(a.report.format), "On the wire");
}

/// All but the dtypes, which the model has a part in.
io::plan_options plan_options_of(plan_arguments const& a) {
  io::plan_options options;
  options.mesh = mesh_of(a);
  options.by = io::strategy_from_name(a.strategy);
  options.reshard_after_forward = !a.no_reshard;
  options.units = units_from(a.units);
  options.trainable = a.trainable;
  if (a.experts == "fused") options.experts = io::expert_layout::fused;
  options.pad = a.pad;
  if (a.micro_batches) options.micro_batches = positive("--micro-batches", *a.micro_batches);
  options.no_sync = a.no_sync;
  if (a.batch) options.batch = positive("--batch", *a.batch);
  if (a.seq_len) options.seq_len = positive("--seq-len", *a.seq_len);
  options.sequence_parallel = a.sequence_parallel;
  options.loss_parallel = a.loss_parallel;
  options.checkpointing = a.checkpointing;
  options.schedule = a.schedule;
  if (a.stages_per_rank) options.stages_per_rank = positive("--stages-per-rank", *a.stages_per_rank);
  if (a.pipeline_rank) options.pipeline_rank = number("--pipeline-rank", *a.pipeline_rank);
  options.list_calls = a.report.calls || a.report.format == "chrome";
  return options;
}

/// NCCL on the machine of which most is published, where nothing is said. The report names both.
void choose_library(io::wire_options& on) {
  if (!on.backend) on.backend = "nccl";
  if (*on.backend == "nccl" && !on.machine) on.machine = "h100-8nic";
}

exit_status run_search(plan_arguments const& a, io::plan_options const& step, io::model const& model) {
  if (a.mesh || a.ranks) throw io::input_error("--search: finds the mesh; give no --mesh and no --ranks");
  if (a.pipeline_rank) throw io::input_error("--search: looks at all ranks of a pipeline; give no --pipeline-rank");
  if (a.report.calls) throw io::input_error("--search: writes no calls; plan one of its meshes for them");
  if (!a.batch || !a.seq_len)
    throw io::input_error("--search: needs --batch, here the sequences of all ranks in a step, and --seq-len: the same work on every mesh");
  io::search_options with{.ranks = positive("--search", *a.search), .sequences = *step.batch, .step = step, .on = a.wire};
  if (with.ranks > io::plan_mesh::most_ranks)
    throw io::input_error("--search: must be at most " + std::to_string(io::plan_mesh::most_ranks) + ", and is " + *a.search);
  choose_library(with.on);
  write(a.report,
        with_file(a.file, [&] { return io::search_report(io::search_meshes(model, with), with, a.report.format, io::file_name(a.file)); }));
  return kept;
}

}  // namespace

CLI::App* add_plan(CLI::App& app, plan_arguments& a) {
  CLI::App* const plan = app.add_subcommand("plan", "What one training step of a transformer communicates, per rank");
  plan->add_option("config", a.file, "A Hugging Face config.json, a .safetensors file, or the index of several; - is the standard input")
      ->required()
      ->type_name("FILE");
  plan->add_option("--ranks", a.ranks, "Ranks that the parameters are sharded over: short for --mesh dp=N (default: 8)")->type_name("N");
  add_step_options(*plan, a);
  plan->add_option("--param-dtype", a.param_dtype,
                   "What is computed in, and gathered: MixedPrecisionPolicy's param_dtype (default: the file's dtype)");
  plan->add_option(
      "--reduce-dtype", a.reduce_dtype,
      "What gradients are reduced in: MixedPrecisionPolicy's reduce_dtype (default: of ddp the dtype of the parameters, of megatron "
      "float32, else the param dtype)");
  plan->add_flag("--no-reshard-after-forward", a.no_reshard, "Keep the gathered layers from the forward to the backward");
  plan->add_flag("--pad", a.pad, "Accept parameters that the ranks do not divide; FSDP2 pads them");
  plan->add_option(
          "--experts", a.experts,
          "How a layer holds its experts: separate, three matrices each (the default), or fused, two tensors of all, as transformers "
          "5 does")
      ->check(CLI::IsMember({"separate", "fused"}));
  plan->add_option("--ignore-key", a.ignored_keys, "A key of the file that is not planned and, you say, changes no shape and no dtype")
      ->type_name("KEY")
      ->allow_extra_args(false);
  add_library_options(*plan, a.wire);
  add_report_options(*plan, a.report);
  plan->footer(std::string("Examples:\n"
                           "  commfold plan config.json --ranks 64 --reduce-dtype float32\n"
                           "  commfold plan config.json --format json -o traffic.json\n"
                           "  commfold plan config.json --format html --calls -o traffic.html\n"
                           "  commfold plan config.json --mesh dp=2,fsdp=8 --strategy hsdp\n"
                           "  commfold plan config.json --backend nccl --gpus-per-node 8 --machine h100-8nic\n"
                           "\n") +
               exit_statuses);
  return plan;
}

exit_status run_plan(plan_arguments const& a) {
  expect_calls_can_be_shown(a.report);
  if (!a.search) expect_format_has_wire(a);
  io::plan_options options = plan_options_of(a);
  io::model const model = io::read_model(a.file, {.ignored_keys = {a.ignored_keys.begin(), a.ignored_keys.end()}});
  if (!model.dtype && !a.param_dtype)
    throw io::input_error(model.without_dtype + (model.as_saved ? "; give --param-dtype" : "; give a dtype there, or --param-dtype"));
  if (!a.experts.empty()) expect_experts(a, model);
  options.param_dtype = a.param_dtype ? dtype_from("--param-dtype", *a.param_dtype) : *model.dtype;
  options.reduce_dtype =
      a.reduce_dtype ? dtype_from("--reduce-dtype", *a.reduce_dtype) : io::reduce_dtype_of(options.by, model, *options.param_dtype);

  if (a.search) return run_search(a, options, model);

  std::optional<io::wire_setup> by;
  if (a.wire.are_given()) by.emplace(wire_options_of(a, options));
  write(a.report, with_file(a.file, [&] {
          io::plan const plan = io::make_plan(model, options);
          std::string const report = report_of(a.report, plan.traffic, plan.calls, words_of(a, options, model, plan));
          return report + (by ? wire_of_plan(a, *by, plan) : "");
        }));
  return kept;
}

}  // namespace commfold::tool
