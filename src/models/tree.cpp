// SPDX-License-Identifier: BSL-1.0
#include <src/models/tree.hpp>

#include <commfold/size/arithmetic.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace commfold::io {

namespace {

/// The elements of `p` that one token meets.
std::size_t active_of(parameter const& p, std::size_t used) {
  std::size_t const all = elements_of(p);
  return p.experts == 0 ? all : multiply(all / p.experts, std::min(used, p.experts));
}

struct sums {
  std::size_t total = 0, active = 0;
};

sums sums_of(module const& m, std::size_t used) {
  sums s;
  for (parameter const& p : m.parameters) {
    s.total = add(s.total, elements_of(p));
    s.active = add(s.active, active_of(p, used));
  }
  return s;
}

/// "mlp.experts" of "mlp.experts.*.gate_proj.weight"
std::string_view above_experts(std::string_view name) { return name.substr(0, name.find(".*.")); }

parameter fused(parameter const& one, std::string_view name, std::size_t rows) {
  parameter p = one;
  p.name = std::string(above_experts(one.name)) + "." + std::string(name);
  p.shape = {one.copies, rows, one.shape.at(1)};
  p.copies = 1;
  p.matrix = expert_matrix::none;
  return p;
}

void fuse(module& layer) {
  std::vector<parameter> held;
  for (parameter& p : layer.parameters) {
    bool const is_matrix = p.copies > 1 || p.name.find(".*.") != std::string::npos;
    if (!is_matrix || p.matrix == expert_matrix::none)
      held.push_back(std::move(p));
    else if (p.matrix == expert_matrix::gate)
      held.push_back(fused(p, "gate_up_proj", multiply(std::size_t{2}, p.shape.at(0))));
    else if (p.matrix == expert_matrix::down)
      held.push_back(fused(p, "down_proj", p.shape.at(0)));
  }
  layer.parameters = std::move(held);
}

}  // namespace

void layer_stack::add(module layer, std::size_t count) {
  if (count == 0) return;
  auto const same = [&](module const& known) { return known.parameters == layer.parameters; };
  auto const found = std::find_if(kinds.begin(), kinds.end(), same);
  auto const kind = static_cast<std::size_t>(found - kinds.begin());
  if (found == kinds.end()) kinds.push_back(std::move(layer));
  if (!runs.empty() && runs.back().kind == kind)
    runs.back().count += count;
  else
    runs.push_back({kind, count});
}

std::size_t layer_stack::layers() const noexcept {
  std::size_t n = 0;
  for (layer_run const& run : runs) n += run.count;
  return n;
}

std::size_t model_tree::layers() const noexcept {
  std::size_t n = 0;
  for (layer_stack const& stack : stacks) n += stack.layers();
  return n;
}

std::size_t elements_of(std::vector<std::size_t> const& shape) {
  commfold::detail::size_result const n = commfold::detail::try_product(1, shape.data(), shape.data() + shape.size());
  if (!n.fits) commfold::detail::fail_overflow("commfold::numel", "the number of elements");
  return n.value;
}

std::size_t elements_of(parameter const& p) { return multiply(p.copies, elements_of(p.shape)); }

parameter_counts count_parameters(model_tree const& model) {
  sums all;
  parameter_counts counts;
  std::size_t const used = model.used.value_or(0);
  auto const take = [&](sums const& of, std::size_t times) {
    all.total = add(all.total, multiply(of.total, times));
    all.active = add(all.active, multiply(of.active, times));
  };
  for (module const& m : model.outside) {
    sums const of = sums_of(m, used);
    take(of, 1);
    if (m.label == "embed") counts.embedding = of.total;
  }
  for (layer_stack const& stack : model.stacks) {
    std::vector<std::size_t> layers(stack.kinds.size());
    for (layer_run const& run : stack.runs) layers[run.kind] += run.count;
    for (std::size_t kind = 0; kind != stack.kinds.size(); ++kind) take(sums_of(stack.kinds[kind], used), layers[kind]);
  }
  counts.total = all.total;
  counts.active = all.active;
  if (model.experts != 0 && !model.used) counts.active.reset();
  return counts;
}

model_tree with_fused_experts(model_tree model) {
  for (layer_stack& stack : model.stacks)
    for (module& layer : stack.kinds) fuse(layer);
  return model;
}

bool has_separate_experts(model_tree const& model) {
  for (layer_stack const& stack : model.stacks)
    for (module const& layer : stack.kinds)
      for (parameter const& p : layer.parameters)
        if (p.matrix != expert_matrix::none) return true;
  return false;
}

}  // namespace commfold::io
