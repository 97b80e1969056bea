// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/tensor_parallel.hpp
/// A decoder under tensor parallelism, as PyTorch's `parallelize_module` makes it with DTensor, with and without sequence parallelism.
///
/// The plan: `embed` is a `RowwiseParallel` embedding, so its rows, the vocabulary, are sharded; `wq`, `wk`, `wv`, `gate`, `up` and `head`
/// are `ColwiseParallel`, `wo` and `down` `RowwiseParallel`. A weight is stored as [out, in], so a column of the product is a row of the
/// tensor. With sequence parallelism the norms are `SequenceParallel`.

#include "axis.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/distribute.hpp>
#include <commfold/parallel/tensor.hpp>

#include <array>
#include <cstddef>

namespace tensor_parallel {

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

struct options {
  std::size_t sequences = 1;        ///< in the batch of a rank
  std::size_t tokens = 1;           ///< in a sequence
  std::size_t key_value_heads = 1;  ///< in the whole model
  bool sequence_parallel = false;
  bool loss_parallel = false;  ///< the logits stay sharded along the vocabulary, and the loss is computed on shards
};

/// The parameters that one rank holds of a layer, and of those that are in no layer.
template <class Layer, class Axis>
constexpr std::array<cf::dynamic_tensor, 9> held_of_layer(Layer const& layer, Axis const& axis) {
  auto const rows = [&](auto const& parameter) { return cf::parallel::shard_of(parameter, 0, axis); };
  auto const columns = [&](auto const& parameter) { return cf::parallel::shard_of(parameter, 1, axis); };
  auto const& [wq, wk, wv, wo] = layer.self_attn;
  auto const& [gate, up, down] = layer.feed_forward;
  return {layer.input_norm, rows(wq), rows(wk), rows(wv), columns(wo), layer.post_attention_norm, rows(gate), rows(up), columns(down)};
}
template <class Model, class Axis>
constexpr std::array<cf::dynamic_tensor, 3> held_of_root(Model const& model, Axis const& axis) {
  return {cf::parallel::shard_of(model.embed, 0, axis), model.norm, cf::parallel::shard_of(model.head, 0, axis)};
}

/// `parallelize_module`: rank 0 scatters every sharded parameter. The norms are on all ranks already and stay as they are.
template <class Comm, class Model, class Axis>
constexpr void distribute(Comm& comm, Model const& model, Axis const& axis) {
  auto const rows = [&](auto const& parameter) { cf::parallel::distribute(comm, parameter, 0, axis); };
  auto const columns = [&](auto const& parameter) { cf::parallel::distribute(comm, parameter, 1, axis); };
  rows(model.embed);
  rows(model.head);
  auto const& layer = *model.layers.begin();
  comm.repeat(model.layers.size(), [&] {
    rows(layer.self_attn.wq);
    rows(layer.self_attn.wk);
    rows(layer.self_attn.wv);
    columns(layer.self_attn.wo);
    rows(layer.feed_forward.gate);
    rows(layer.feed_forward.up);
    columns(layer.feed_forward.down);
  });
}

/// The model's parts over an axis. Without the axis they make no call.
template <class Axis>
struct parts {
  tensor::activations<Axis> between;
  tensor::embedding<Axis> embedding;
  tensor::decoder_layer<Axis> layer;
  tensor::head<Axis> head;
};

template <class Model, class Axis>
constexpr parts<Axis> parts_of(Model const& model, Axis const& axis, options const& with, cf::dtype computed) {
  auto const rows = [](auto const& parameter) -> std::size_t { return cf::extents_of(parameter).extent(0); };
  auto const& layer = *model.layers.begin();
  std::size_t const head_width = rows(layer.self_attn.wk) / with.key_value_heads;
  tensor::activations const between({computed, with.sequences, with.tokens, rows(model.norm)}, axis,
                                    {.sequence_parallel = with.sequence_parallel});
  return {between, tensor::embedding(between),
          tensor::decoder_layer(between, {.heads = rows(layer.self_attn.wq) / head_width,
                                          .key_value_heads = with.key_value_heads,
                                          .head_width = head_width,
                                          .feed_forward = rows(layer.feed_forward.gate)}),
          tensor::head(between, rows(model.head), with.loss_parallel ? tensor::head_cut::sharded : tensor::head_cut::gathered)};
}

}  // namespace tensor_parallel
