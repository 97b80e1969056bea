// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/tensor_parallel.hpp
/// What Megatron's tensor parallelism communicates for a decoder, as PyTorch's `parallelize_module` does it with DTensor, with and without
/// sequence parallelism.
///
/// The plan: `embed` is a `RowwiseParallel` embedding, so its rows, the vocabulary, are sharded; `wq`, `wk`, `wv`, `gate`, `up` and `head`
/// are `ColwiseParallel`, `wo` and `down` `RowwiseParallel`. A weight is stored as [out, in], so a column of the product is a row of the
/// tensor. With sequence parallelism the norms are `SequenceParallel`, and activations outside of attention and feed-forward are sharded
/// along the tokens.

#include "axis.hpp"

#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace tensor_parallel {

namespace cf = commfold;

struct options {
  std::size_t sequences = 1;        ///< in the batch of a rank
  std::size_t tokens = 1;           ///< in a sequence
  std::size_t key_value_heads = 1;  ///< in the whole model
  bool sequence_parallel = false;
  bool loss_parallel = false;  ///< the logits stay sharded along the vocabulary, and the loss is computed on shards
};

/// A rank's share of an extent. `invalid_argument` where the ranks do not divide it: DTensor would pad, which is not modelled here.
constexpr std::size_t share(std::size_t extent, std::size_t ranks) {
  if (extent % ranks != 0) throw cf::invalid_argument("tensor_parallel: the ranks do not divide a dimension that is sharded");
  return extent / ranks;
}

/// A parameter as it is held by one rank.
template <class T>
constexpr cf::dynamic_tensor replicated(T const& parameter, std::size_t) {
  return parameter;
}
template <class T>
constexpr cf::dynamic_tensor sharded_rows(T const& parameter, std::size_t ranks) {
  auto const shape = cf::extents_of(parameter);
  return {cf::dtype_of_tensor(parameter), {share(shape.extent(0), ranks), shape.extent(1)}};
}
template <class T>
constexpr cf::dynamic_tensor sharded_columns(T const& parameter, std::size_t ranks) {
  auto const shape = cf::extents_of(parameter);
  return {cf::dtype_of_tensor(parameter), {shape.extent(0), share(shape.extent(1), ranks)}};
}

/// The parameters that one rank holds of a layer, and of those that are in no layer.
template <class Layer>
constexpr std::array<cf::dynamic_tensor, 9> held_of_layer(Layer const& layer, std::size_t ranks) {
  auto const& attention = layer.self_attn;
  auto const& mlp = layer.feed_forward;
  return {replicated(layer.input_norm, ranks), sharded_rows(attention.wq, ranks),    sharded_rows(attention.wk, ranks),
          sharded_rows(attention.wv, ranks),   sharded_columns(attention.wo, ranks), replicated(layer.post_attention_norm, ranks),
          sharded_rows(mlp.gate, ranks),       sharded_rows(mlp.up, ranks),          sharded_columns(mlp.down, ranks)};
}
template <class Model>
constexpr std::array<cf::dynamic_tensor, 3> held_of_root(Model const& model, std::size_t ranks) {
  return {sharded_rows(model.embed, ranks), replicated(model.norm, ranks), sharded_rows(model.head, ranks)};
}

/// `parallelize_module`: rank 0 of the group scatters every sharded parameter. The norms are on all ranks already and stay as they are.
/// PyTorch's size of such a call is the storage behind its list of shards. Shards of rows are views of the parameter, and each counts all
/// of it: a scatter among 4 ranks counts 4 parameters, though it sends one. Shards of columns are copies, and count what they hold.
template <class Comm, class Model, class Group>
constexpr void distribute(Comm& comm, Model const& model, Group const& group) {
  std::size_t const ranks = group.size;
  auto const rows = [&](auto const& parameter) {
    auto const shards = cf::chunk(cf::dynamic_tensor(parameter), ranks, 0);
    comm.dist().scatter(sharded_rows(parameter, ranks), shards, 0, group);
  };
  auto const columns = [&](auto const& parameter) {
    cf::dynamic_tensor const shard = sharded_columns(parameter, ranks);
    comm.dist().scatter(shard, std::vector<cf::dynamic_tensor>(ranks, shard), 0, group);
  };
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

/// The activations of a decoder over a group. Attention and feed-forward communicate alike. Both begin with column-wise projections, in
/// which each rank computes its columns from whole rows (`enter`), and end with a row-wise one, in which each computes a partial sum
/// (`leave`).
template <class Comm, class Group>
class activations {
 public:
  template <class Model>
  constexpr activations(Comm& comm, Group const& group, options const& with, cf::dtype compute, Model const& model)
      : comm_(comm),
        group_(group),
        with_(with),
        compute_(compute),
        hidden_(cf::extents_of(model.norm).extent(0)),
        key_value_(cf::extents_of((*model.layers.begin()).self_attn.wk).extent(0)),
        vocabulary_(cf::extents_of(model.head).extent(0)) {}

  constexpr void embed_forward() const { leave(); }
  constexpr void embed_backward() const { leave_backward(); }

  constexpr void layer_forward() const {
    enter();
    // Where the ranks do not divide the key and value heads, a rank cannot hold whole heads: all columns of keys and values are gathered.
    if (with_.key_value_heads % group_.size != 0) {
      gather_last(key_value_);
      gather_last(key_value_);
    }
    leave();
    enter();
    leave();
  }
  constexpr void layer_backward() const {
    leave_backward();
    enter_backward(2);  // gate and up
    leave_backward();
    enter_backward(3);  // wq, wk and wv; of gathered keys and values each rank takes its columns of the gradient, without a call
  }

  /// A loss over shards needs no whole logits. In the backward each rank takes its columns of the logits' gradient, without a call.
  constexpr void head_forward() const {
    enter();
    if (!with_.loss_parallel) gather_last(vocabulary_);
  }
  constexpr void head_backward() const { enter_backward(1); }

  /// The cross entropy of sharded logits reduces three numbers for each token: the maximum and the sum of the exponentials, both in float32
  /// at least, and the logit of the target, which is 0 on all ranks but one.
  constexpr void loss() const {
    if (!with_.loss_parallel) return;
    bool const half = compute_ == cf::bf16 || compute_ == cf::f16;
    cf::dynamic_tensor const wide(half ? cf::f32 : compute_, {cf::multiply(with_.sequences, with_.tokens), 1});
    cf::dynamic_tensor const narrow(compute_, wide.extents());
    comm_.funcol().all_reduce(wide, cf::reduce_op::max, group_);
    comm_.funcol().all_reduce(wide, cf::sum, group_);
    comm_.funcol().all_reduce(narrow, cf::sum, group_);
  }

  /// With sequence parallelism a rank has seen its own tokens only, so its gradient of a norm's weight is a partial sum.
  constexpr void sum_norm_gradients(std::size_t norms, cf::dtype gradients) const {
    if (with_.sequence_parallel)
      comm_.repeat(norms, [&] { comm_.funcol().all_reduce(cf::dynamic_tensor(gradients, {hidden_}), cf::sum, group_); });
  }

 private:
  /// The tokens of a sequence, padded to equal shards where they are sharded.
  [[nodiscard]] constexpr std::size_t shard_tokens() const { return cf::ceil_div(with_.tokens, std::size_t{group_.size}); }
  [[nodiscard]] constexpr cf::dynamic_tensor whole() const {
    std::size_t const tokens = with_.sequence_parallel ? shard_tokens() * group_.size : with_.tokens;
    return {compute_, {with_.sequences, tokens, hidden_}};
  }
  [[nodiscard]] constexpr cf::dynamic_tensor shard() const { return {compute_, {with_.sequences, shard_tokens(), hidden_}}; }

  /// Before the column-wise projections. Without sequence parallelism every rank has the whole activations.
  constexpr void enter() const {
    if (with_.sequence_parallel) comm_.funcol().all_gather_single(shard(), 1, group_);
  }
  /// The gradient of the projections' common input is a sum over ranks and over projections. With sequence parallelism the input was
  /// gathered once, so its gradient is reduced once. Without it each projection makes a DTensor of the input by itself, and PyTorch sums
  /// over the ranks before it sums over the projections: a call for each projection, where Megatron's paper has one.
  constexpr void enter_backward(std::size_t projections) const {
    if (with_.sequence_parallel)
      comm_.funcol().reduce_scatter_single(whole(), cf::sum, 1, group_);
    else
      comm_.repeat(projections, [&] { comm_.funcol().all_reduce(whole(), cf::sum, group_); });
  }

  /// After the row-wise projection.
  constexpr void leave() const {
    if (with_.sequence_parallel)
      comm_.funcol().reduce_scatter_single(whole(), cf::sum, 1, group_);
    else
      comm_.funcol().all_reduce(whole(), cf::sum, group_);
  }
  constexpr void leave_backward() const { enter(); }

  /// Gathers all columns of the result of a column-wise projection.
  constexpr void gather_last(std::size_t columns) const {
    cf::dynamic_tensor const mine(compute_, {with_.sequences, with_.tokens, share(columns, group_.size)});
    comm_.funcol().all_gather_single(mine, 2, group_);
  }

  Comm& comm_;
  Group const& group_;
  options const& with_;
  cf::dtype compute_;
  std::size_t hidden_;
  std::size_t key_value_;
  std::size_t vocabulary_;
};

}  // namespace tensor_parallel
