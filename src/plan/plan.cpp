// SPDX-License-Identifier: BSL-1.0
#include <src/plan/plan.hpp>

#include <src/input_error.hpp>

#include <commfold/commfold.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace commfold::io {

namespace {

/// What FSDP2 shards of one parameter, over all its copies.
struct sharded {
  std::size_t elements = 0;
  std::size_t shard = 0;  ///< of one rank, padding included
};

bool has_gradients(dtype d) { return d == dtype::float32 || d == dtype::float16 || d == dtype::bfloat16; }

sharded shard_of(parameter const& p, std::size_t ranks) {
  if (p.buffer) return {};
  if (p.dtype && !has_gradients(*p.dtype))
    throw input_error("'" + shortened(p.name) + "' is of " + std::string(name(*p.dtype)) +
                      ": parameters are planned in float32, float16 and bfloat16");
  std::size_t const all = elements_of(p.shape), rows = p.shape.empty() ? 0 : p.shape.front();
  if (p.shape.empty()) throw input_error("'" + shortened(p.name) + "' is a scalar, which FSDP2 does not shard");
  std::size_t const shard = rows == 0 ? 0 : multiply(fsdp2::shard_rows(rows, ranks), all / rows);
  return {multiply(all, p.copies), multiply(shard, p.copies)};
}

sharded unit_of(module const& m, std::size_t ranks, sharded sum = {}) {
  for (parameter const& p : m.parameters) {
    sharded const one = shard_of(p, ranks);
    sum = {add(sum.elements, one.elements), add(sum.shard, one.shard)};
  }
  return sum;
}

/// A run of layers of one shape, and a shard of one of them.
struct unit_run {
  std::size_t shard;
  std::size_t count;
};

/// The shards of a model: of its root, and of its layers in order of use.
struct unit_sizes {
  sharded all{};
  std::size_t root = 0;
  std::vector<unit_run> layers{};
};

unit_sizes units_of(model_tree const& tree, std::size_t ranks) {
  unit_sizes sizes;
  sharded root;
  for (module const& m : tree.outside) root = unit_of(m, ranks, root);
  sizes.root = root.shard;
  sizes.all = root;
  for (layer_stack const& stack : tree.stacks) {
    std::vector<sharded> kinds;
    for (module const& kind : stack.kinds) kinds.push_back(unit_of(kind, ranks));
    for (layer_run const& run : stack.runs) {
      sharded const& one = kinds[run.kind];
      sizes.layers.push_back({one.shard, run.count});
      sizes.all = {add(sizes.all.elements, multiply(one.elements, run.count)), add(sizes.all.shard, multiply(one.shard, run.count))};
    }
  }
  return sizes;
}

/// The model as one unit for each layer and the root with the rest, of what each rank holds: a flat parameter a unit.
auto sharded_model_of(unit_sizes const& sizes, process_group<"dp"> const& dp, fsdp2::options const& with) {
  namespace fsdp = parallel::fsdp;
  std::size_t const ranks = dp.size;
  auto const flat = [&](std::size_t shard) {
    return fsdp::parameter{.dtype = with.param_dtype, .elements = multiply(shard, ranks), .extent = ranks};
  };
  fsdp::unit root = fsdp::fully_shard(flat(sizes.root));
  for (unit_run const& run : sizes.layers) root.add(fsdp::alike(run.count, fsdp::fully_shard(flat(run.shard)).named("layer")));
  fsdp::policy policy{.param_dtype = with.param_dtype, .reduce_dtype = with.reduce_dtype};
  if (!with.reshard_after_forward) policy.reshard_after_forward = false;
  return fsdp::sharded_model(root.named("root"), policy, fsdp::mesh{dp, steps::no_axis{}, steps::no_axis{}});
}

constexpr auto step = [](auto& comm, unit_sizes const& sizes, auto const& dp, fsdp2::options const& with) {
  auto units = sharded_model_of(sizes, dp, with);
  comm.phase("forward", [&] { units.forward(comm); });
  comm.phase("backward", [&] { units.backward(comm); });
};

/// The message names the first parameter that FSDP2 pads.
[[noreturn]] void refuse_padding(model_tree const& tree, std::size_t ranks, std::size_t padding) {
  std::string first;
  auto const look = [&](module const& m, std::string const& label) {
    for (parameter const& p : m.parameters) {
      sharded const one = shard_of({p.name, p.shape, 1, 0, expert_matrix::none, p.buffer, {}}, ranks);
      std::size_t const added = multiply(one.shard, ranks) - one.elements;
      if (added == 0 || !first.empty()) continue;
      std::size_t const rows = p.shape.front(), added_rows = added / (one.elements / rows);
      std::string const name = m.parameters.size() == 1 ? label : label + "." + p.name;
      first = name + " has " + std::to_string(rows) + " rows, which " + std::to_string(ranks) + " ranks do not divide: FSDP2 pads it by " +
              std::to_string(added_rows) + (added_rows == 1 ? " row, " : " rows, ") + std::to_string(added) +
              (added == 1 ? " element" : " elements");
    }
  };
  auto const outside = [&](bool head) {
    for (module const& m : tree.outside)
      if ((m.label == "norm" || m.label == "head") == head) look(m, m.label);
  };
  outside(false);
  for (layer_stack const& stack : tree.stacks) {
    std::size_t index = 0;
    std::vector<bool> seen(stack.kinds.size());
    for (layer_run const& run : stack.runs) {
      if (!seen[run.kind]) look(stack.kinds[run.kind], "layers[" + std::to_string(index) + "]");
      seen[run.kind] = true;
      index += run.count;
    }
  }
  outside(true);
  throw input_error(first + " (" + std::to_string(padding) + " in the whole model); --pad accepts and counts that");
}

}  // namespace

plan make_plan(model const& of, plan_options const& with) {
  if (with.ranks == 0) throw input_error("a group has at least one rank, not 0");
  if (!has_gradients(of.dtype.value_or(with.fsdp.param_dtype)))
    throw input_error("parameters are planned in float32, float16 and bfloat16");
  if (with.experts == expert_layout::fused && has_separate_experts(of.tree)) {
    model fused = of;
    fused.tree = with_fused_experts(std::move(fused.tree));
    return make_plan(fused, with);
  }
  parameter_counts const counts = count_parameters(of.tree);
  unit_sizes const sizes = units_of(of.tree, with.ranks);
  std::size_t const padding = multiply(sizes.all.shard, with.ranks) - sizes.all.elements;
  if (padding != 0 && !with.pad) refuse_padding(of.tree, with.ranks, padding);

  process_group<"dp"> const dp(with.ranks);
  plan made{counts.total, counts.active, padding, trace<dyn>(step, sizes, dp, with.fsdp), {}};
  made.calls.reserve(made.traffic.calls());
  recorder comm(made.calls);
  step(comm, sizes, dp, with.fsdp);
  return made;
}

}  // namespace commfold::io
