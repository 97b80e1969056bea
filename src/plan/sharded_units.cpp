// SPDX-License-Identifier: BSL-1.0
#include <src/plan/sharded_units.hpp>

#include <src/input_error.hpp>

#include <commfold/size/arithmetic.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

namespace fsdp = parallel::fsdp;

namespace {

bool is_sharded_apart(held_parameter const& p, plan_options const& with) { return p.expert && with.mesh.has(axis::ep); }

fsdp::parameter parameter_of(held_parameter const& p) {
  if (p.shape.empty()) throw input_error("'" + shortened(p.name) + "' is a scalar, which FSDP2 does not shard");
  return {.dtype = p.dtype, .elements = multiply(p.copies, elements_of(p.shape)), .extent = p.shape.front(), .trainable = p.trainable};
}

/// Experts that ep shares out are a unit inside the layer, on a mesh of their own.
void add_parameters(fsdp::unit& to, held_module const& m, plan_options const& with) {
  bool experts_are_in = false;
  for (held_parameter const& p : m.parameters) {
    if (!is_sharded_apart(p, with)) {
      to.add(parameter_of(p));
      continue;
    }
    if (experts_are_in) continue;
    experts_are_in = true;
    fsdp::unit experts = fsdp::fully_shard();
    for (held_parameter const& e : m.parameters)
      if (is_sharded_apart(e, with)) experts.add(parameter_of(e));
    to.add(experts.named("experts").on_mesh(1));
  }
}

bool is_member(unit_members const& unit, std::string_view label) { return std::find(unit.begin(), unit.end(), label) != unit.end(); }

/// The modules that are in no layer, in their units.
class root_maker {
 public:
  root_maker(fsdp::unit& root, plan_options const& with) : root_(root), with_(with) {}

  void add(std::vector<held_module> const& modules) {
    std::vector<bool> done(modules.size());
    for (std::size_t i = 0; i != modules.size(); ++i) {
      if (done[i]) continue;
      auto const unit =
          std::find_if(with_.units.begin(), with_.units.end(), [&](unit_members const& one) { return is_member(one, modules[i].label); });
      if (unit == with_.units.end()) {
        add_parameters(root_, modules[i], with_);
        continue;
      }
      fsdp::unit made = fsdp::fully_shard();
      for (std::size_t j = i; j != modules.size(); ++j) {
        if (!is_member(*unit, modules[j].label)) continue;
        add_parameters(made, modules[j], with_);
        done[j] = true;
      }
      root_.add(made.named(unit->front()));
    }
  }

 private:
  fsdp::unit& root_;
  plan_options const& with_;
};

/// Calls each(module, number of such modules) for all modules.
template <class Each>
void for_each_module(held_model const& of, Each const& each) {
  for (held_module const& m : of.before) each(m, std::size_t{1});
  for (std::size_t kind = 0; kind != of.kinds.size(); ++kind) {
    std::size_t count = 0;
    for (layer_run const& run : of.runs)
      if (run.kind == kind) count += run.count;
    if (count != 0) each(of.kinds[kind], count);
  }
  for (held_module const& m : of.after) each(m, std::size_t{1});
}

std::size_t padding_of(held_parameter const& p, std::size_t ranks) {
  fsdp::parameter const one = parameter_of(p);
  return multiply(one.shard_elements(ranks), ranks) - one.elements;
}

std::size_t ranks_of(held_parameter const& p, plan_options const& with, sharded_meshes const& meshes) {
  return parallel::ranks(is_sharded_apart(p, with) ? meshes.experts.shard : meshes.dense.shard);
}

}  // namespace

sharded_meshes meshes_of(plan_options const& with) {
  plan_mesh const& mesh = with.mesh;
  bool const replicates = mesh.has(axis::fsdp) && mesh.has(axis::dp);
  axis const shard = mesh.has(axis::fsdp) ? axis::fsdp : axis::dp;
  std::optional<dynamic_group> const replicas = replicates ? mesh.group({axis::dp}) : std::nullopt;
  return {{mesh.group({shard, axis::cp, axis::ep}), replicas, {}}, {mesh.group({shard, axis::cp}), replicas, {}}};
}

void expect_units(held_model const& of, plan_options const& with) {
  std::vector<std::string_view> seen;
  for (unit_members const& unit : with.units)
    for (std::string const& label : unit) {
      if (label == "layer" && unit.size() != 1) throw input_error("--units: each layer is a unit of its own; 'layer' stands alone");
      if (std::find(seen.begin(), seen.end(), label) != seen.end())
        throw input_error("--units: '" + shortened(label) + "' stands there twice");
      seen.push_back(label);
      auto const is_it = [&](held_module const& m) { return m.label == label; };
      if (label == "layer" || std::any_of(of.before.begin(), of.before.end(), is_it) ||
          std::any_of(of.after.begin(), of.after.end(), is_it))
        continue;
      throw input_error("--units: the model has no '" + shortened(label) + "' outside of its layers");
    }
  auto const has = [](std::vector<held_module> const& modules, unit_members const& unit) {
    return std::any_of(modules.begin(), modules.end(), [&](held_module const& m) { return is_member(unit, m.label); });
  };
  for (unit_members const& unit : with.units) {
    if (has(of.before, unit) && has(of.after, unit))
      throw input_error("--units: '" + shortened(unit.front()) + "' and '" + shortened(unit.back()) +
                        "' stand on both sides of the layers; what is around them is the root");
    if (of.tied && is_member(unit, "embed"))
      throw input_error("--units: the head is the embedding, which is used on both sides of the layers; it stays in the root");
  }
}

fsdp::unit units_of(held_model const& of, plan_options const& with) {
  fsdp::unit root = fsdp::fully_shard();
  root_maker modules(root, with);
  modules.add(of.before);
  bool const layers_are_units =
      std::any_of(with.units.begin(), with.units.end(), [](unit_members const& unit) { return is_member(unit, "layer"); });
  for (layer_run const& run : of.runs) {
    held_module const& kind = of.kinds[run.kind];
    if (layers_are_units) {
      fsdp::unit layer = fsdp::fully_shard();
      add_parameters(layer, kind, with);
      root.add(fsdp::alike(run.count, layer.named(kind.label)));
    } else {
      for (std::size_t i = 0; i != run.count; ++i) add_parameters(root, kind, with);
    }
  }
  modules.add(of.after);
  return root.named("root");
}

fsdp::policy policy_of(plan_options const& with) {
  fsdp::policy policy{.param_dtype = with.param_dtype, .reduce_dtype = with.reduce_dtype};
  if (!with.reshard_after_forward) policy.reshard_after_forward = false;
  policy.flat_parameter = with.by == strategy::fsdp1;
  return policy;
}

std::size_t padding_of(held_model const& of, plan_options const& with) {
  sharded_meshes const meshes = meshes_of(with);
  std::size_t all = 0;
  for_each_module(of, [&](held_module const& m, std::size_t count) {
    for (held_parameter const& p : m.parameters) all = add(all, multiply(count, padding_of(p, ranks_of(p, with, meshes))));
  });
  return all;
}

void expect_no_padding(held_model const& of, plan_options const& with) {
  std::size_t const padding = padding_of(of, with);
  if (padding == 0) return;
  sharded_meshes const meshes = meshes_of(with);
  std::string first;
  auto const look = [&](held_module const& m, std::string const& label) {
    for (held_parameter const& p : m.parameters) {
      std::size_t const ranks = ranks_of(p, with, meshes);
      held_parameter one = p;
      one.copies = 1;
      std::size_t const added = padding_of(one, ranks);
      if (added == 0 || !first.empty()) continue;
      std::size_t const rows = p.shape.front(), added_rows = added / (elements_of(p.shape) / rows);
      std::string const name = m.parameters.size() == 1 ? label : label + "." + p.name;
      first = name + " has " + std::to_string(rows) + " rows, which " + std::to_string(ranks) + " ranks do not divide: FSDP2 pads it by " +
              std::to_string(added_rows) + (added_rows == 1 ? " row, " : " rows, ") + std::to_string(added) +
              (added == 1 ? " element" : " elements");
    }
  };
  for (held_module const& m : of.before) look(m, m.label);
  std::size_t index = 0;
  std::vector<bool> seen(of.kinds.size());
  for (layer_run const& run : of.runs) {
    if (!seen[run.kind]) look(of.kinds[run.kind], "layers[" + std::to_string(index) + "]");
    seen[run.kind] = true;
    index += run.count;
  }
  for (held_module const& m : of.after) look(m, m.label);
  throw input_error(first + " (" + std::to_string(padding) + " in the whole model); --pad accepts and counts that");
}

}  // namespace commfold::io
