// SPDX-License-Identifier: BSL-1.0
#include <src/plan.hpp>

#include <examples/transformer.hpp>

#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>

namespace commfold::io {

namespace {

/// Layers of one shape, of which one is held: what a step asks of a container of layers.
template <class Layer>
struct alike_layers {
  Layer one;
  std::size_t count;

  [[nodiscard]] Layer const* begin() const { return &one; }
  [[nodiscard]] std::size_t size() const { return count; }
};

/// A layer's experts as two tensors.
template <dtype D>
struct fused_mixture {
  tensor<D, dyn, dyn> router;
  tensor<D, dyn, dyn, dyn> gate_up, down;
};

template <dtype D, class FeedForward>
using model_of =
    transformer::decoder<D, dyn, dyn, alike_layers<transformer::layer<D, dyn, dyn, dyn, FeedForward>>, std::optional<tensor<D, dyn, dyn>>>;

template <class Mlp>
Mlp make_mlp(model_config const& c) {
  return {{c.intermediate, c.hidden}, {c.intermediate, c.hidden}, {c.hidden, c.intermediate}};
}

template <dtype D, class FeedForward>
model_of<D, FeedForward> make_model(model_config const& c, FeedForward const& feed_forward) {
  using norm = tensor<D, dyn>;
  transformer::layer<D, dyn, dyn, dyn, FeedForward> const each{
      norm(c.hidden),
      {{c.query, c.hidden}, {c.key_value, c.hidden}, {c.key_value, c.hidden}, {c.hidden, c.query}},
      norm(c.hidden),
      feed_forward};
  model_of<D, FeedForward> model{{c.vocabulary, c.hidden}, {each, c.layers}, norm(c.hidden), {}};
  if (!c.tied) model.head.emplace(c.vocabulary, c.hidden);
  return model;
}

/// The message names the first parameter that FSDP2 pads.
template <dtype D, class FeedForward>
[[noreturn]] void refuse_padding(model_of<D, FeedForward> const& model, std::size_t ranks, std::size_t padding) {
  using layers = std::array<transformer::layer<D, dyn, dyn, dyn, FeedForward>, 1>;
  transformer::decoder<D, dyn, dyn, layers, decltype(model.head)> const short_one{model.embed, {model.layers.one}, model.norm, model.head};
  std::string first;
  tree_for_each_with_path(
      [&](tree_path const& path, auto const& parameter) {
        std::size_t const rows = parameter.extent(0);
        std::size_t const added = fsdp2::shard_rows(rows, ranks) * ranks - rows;
        if (added == 0 || !first.empty()) return;
        std::size_t const elements = added * (parameter.numel() / rows);
        first = to_string(path) + " has " + std::to_string(rows) + " rows, which " + std::to_string(ranks) +
                " ranks do not divide: FSDP2 pads it by " + std::to_string(added) + (added == 1 ? " row, " : " rows, ") +
                std::to_string(elements) + (elements == 1 ? " element" : " elements");
      },
      short_one);
  throw input_error(first + " (" + std::to_string(padding) + " in the whole model); --pad accepts and counts that");
}

template <dtype D, class FeedForward>
plan plan_of(model_of<D, FeedForward> const& model, plan_options const& with) {
  // All layers are alike: the first one is measured and multiplied.
  auto const& layer = *model.layers.begin();
  auto const root = std::tie(model.embed, model.norm, model.head);
  auto const in_all = [&](std::size_t of_layer, std::size_t of_root) -> std::size_t {
    return add(multiply(of_layer, model.layers.size()), of_root);
  };
  std::size_t const parameters = in_all(transformer::parameters(layer), transformer::parameters(root));
  std::size_t const shard = in_all(fsdp2::shard_elements(layer, with.ranks), fsdp2::shard_elements(root, with.ranks));
  std::size_t const padding = multiply(shard, with.ranks) - parameters;
  if (padding != 0 && !with.pad) refuse_padding(model, with.ranks, padding);
  process_group<"dp"> const dp(with.ranks);
  plan made{parameters, padding, trace<dyn>(fsdp2::step, model, dp, with.fsdp), {}};
  made.calls.reserve(made.traffic.calls());
  recorder comm(made.calls);
  fsdp2::step(comm, model, dp, with.fsdp);
  return made;
}

template <dtype D>
plan plan_in(model_config const& c, plan_options const& with) {
  using mlp = transformer::mlp<D, dyn, dyn>;
  mlp const one = make_mlp<mlp>(c);
  if (c.architecture == model_family::llama) return plan_of(make_model<D>(c, one), with);
  if (with.experts == expert_layout::fused) {
    fused_mixture<D> const experts{
        {c.experts, c.hidden}, {c.experts, multiply(std::size_t{2}, c.intermediate), c.hidden}, {c.experts, c.hidden, c.intermediate}};
    return plan_of(make_model<D>(c, experts), with);
  }
  transformer::mixture<D, dyn, dyn, dyn> const experts{{c.experts, c.hidden}, {c.experts, one}};
  return plan_of(make_model<D>(c, experts), with);
}

}  // namespace

plan make_plan(model_config const& model, plan_options const& with) {
  if (with.ranks == 0) throw input_error("a group has at least one rank, not 0");
  switch (model.dtype.value_or(with.fsdp.param_dtype)) {
    case dtype::float32:
      return plan_in<f32>(model, with);
    case dtype::float16:
      return plan_in<f16>(model, with);
    case dtype::bfloat16:
      return plan_in<bf16>(model, with);
    default:
      throw input_error("parameters are planned in float32, float16 and bfloat16");
  }
}

}  // namespace commfold::io
