// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/tensor/megatron.hpp
/// The layers of a decoder under Megatron-LM's tensor and sequence parallelism.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/parallel/tensor/activations.hpp>
#include <commfold/parallel/tensor/decoder.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>

namespace commfold::parallel::tensor {

/// How Megatron-LM computes the loss of logits that are sharded along the vocabulary.
enum class megatron_loss : unsigned char {
  plain,  ///< three calls
  fused   ///< `--cross-entropy-loss-fusion`: the last two side by side in one
};

/// A decoder over P ranks as Megatron-LM computes it, with x = tokens * batch * hidden elements; activations are [tokens, batch, hidden].
/// Queries, keys and values are one column-wise layer, gate and up another one, so that a block has one gradient of its input.
///
///                      without sequence parallelism   with it
///     layer forward    `allreduce_` of x, twice       twice `_allgather_base_` of x out and `_reduce_scatter_base_` of x in
///     layer backward   `allreduce_` of x, twice       twice: gather of the output's gradient, gather of the input again, for the
///                                                     gradient of the weight, and scatter of the input's gradient
///     embedding        `allreduce_` of x              scatter of x; backward: gather of the gradient
///     head             backward: `allreduce_` of x    forward: gather of x; backward: gather of x again, scatter
///     loss             three `allreduce_` of tokens * batch float32: the maximum, the target's logit, the sum of exponentials; fused, the
///                      maximum, and one of twice as many
///
/// Where there are fewer heads of keys and values (k) than ranks, attention gathers queries, keys and values, `_allgather_base_` of
/// tokens * batch * (heads + 2k) * head_width out, and its backward scatters their gradient, `_reduce_scatter_base_` of as many in.
///
/// So by rings a layer sends 8 * (P - 1) / P * x elements without sequence parallelism, and 10 with it. Korthikanti et al. 2022 (arXiv
/// 2205.05198), section 4.2.2, have 8 in either case: they leave the second gather of the inputs out, since it overlaps. A checkpointed
/// layer makes all calls of its forward again before its backward. Over an axis of one rank there are no calls.
///
/// `invalid_argument` where the ranks do not divide the heads, the feed-forward, the vocabulary, or, under sequence parallelism, the
/// tokens, and where the heads of keys and values are neither a multiple nor a divisor of the ranks, as Megatron-LM refuses it.
///
/// Sources: Shoeybi et al. 2019 (arXiv 1909.08053), section 3; megatron/core of Megatron-LM at d98e8a6: tensor_parallel/layers.py,
/// mappings.py and cross_entropy.py, fusions/fused_cross_entropy.py, transformer/attention.py, distributed/finalize_model_grads.py. They
/// were read; no run of Megatron-LM was measured.
template <class Axis>
class megatron_decoder {
 public:
  constexpr megatron_decoder(tokens const& between, layer_shape const& layer, std::size_t vocabulary, Axis const& axis,
                             bool sequence_parallel)
      : of_(between), axis_(axis), sequence_parallel_(sequence_parallel) {
    std::size_t const ranks = parallel::ranks(axis), key_values = layer.key_value_heads;
    expect_divides(layer.heads, "heads");
    if (key_values == 0 || (key_values % ranks != 0 && ranks % key_values != 0))
      commfold::detail::fail<invalid_argument>(verb, "{} heads of keys and values are neither a multiple nor a divisor of {} ranks",
                                               key_values, ranks);
    if (key_values < ranks) {
      gathered_columns_ = multiply(add(layer.heads, multiply(2, key_values)), layer.head_width);
      expect_divides(gathered_columns_, "columns of queries, keys and values");
    }
    expect_divides(layer.feed_forward, "columns of the feed-forward");
    expect_divides(vocabulary, "words of the vocabulary");
    if (sequence_parallel) expect_divides(between.tokens, "tokens of a sequence");
  }

  template <communicator Comm>
  constexpr void embedding_forward(Comm& comm) const {
    if (sequence_parallel_) return scatter(comm);
    // [batch, tokens, hidden]: it is transposed behind the reduction.
    dynamic_tensor const words(of_.dtype, {of_.batch, of_.tokens, of_.hidden});
    over_several(axis_, [&comm, &words](auto const& group) { comm.dist().all_reduce(words, sum, group); });
  }
  template <communicator Comm>
  constexpr void embedding_backward(Comm& comm) const {
    enter(comm);
  }

  template <communicator Comm>
  constexpr void attention_forward(Comm& comm) const {
    enter(comm);
    gather_heads(comm);
    leave(comm);
  }
  template <communicator Comm>
  constexpr void attention_backward(Comm& comm) const {
    enter(comm);
    scatter_heads(comm);
    input_gradient(comm);
  }
  template <communicator Comm>
  constexpr void feed_forward_forward(Comm& comm) const {
    enter(comm);
    leave(comm);
  }
  template <communicator Comm>
  constexpr void feed_forward_backward(Comm& comm) const {
    enter(comm);
    input_gradient(comm);
  }

  template <communicator Comm>
  constexpr void layer_forward(Comm& comm) const {
    attention_forward(comm);
    feed_forward_forward(comm);
  }
  template <communicator Comm>
  constexpr void layer_backward(Comm& comm, bool checkpointed = false) const {
    if (checkpointed) layer_forward(comm);
    feed_forward_backward(comm);
    attention_backward(comm);
  }

  template <communicator Comm>
  constexpr void head_forward(Comm& comm) const {
    enter(comm);
  }
  template <communicator Comm>
  constexpr void loss(Comm& comm, megatron_loss how = megatron_loss::plain) const {
    dynamic_tensor const each(f32, {of_.tokens, of_.batch}), twice(f32, {multiply(2, of_.tokens), of_.batch});
    over_several(axis_, [&comm, &each, &twice, how](auto const& group) {
      comm.dist().all_reduce(each, reduce_op::max, group);
      if (how == megatron_loss::fused) return static_cast<void>(comm.dist().all_reduce(twice, sum, group));
      comm.dist().all_reduce(each, sum, group);
      comm.dist().all_reduce(each, sum, group);
    });
  }
  template <communicator Comm>
  constexpr void head_backward(Comm& comm) const {
    input_gradient(comm);
  }

  /// After the backward, under sequence parallelism: the gradients of norms, which saw parts of the sequence, side by side in one
  /// `allreduce_` of `elements`.
  template <communicator Comm>
  constexpr void sum_norm_gradients(Comm& comm, std::size_t elements, commfold::dtype of_gradients) const {
    if (!sequence_parallel_ || elements == 0) return;
    flat_buffer const all{of_gradients, elements};
    over_several(axis_, [&comm, &all](auto const& group) { comm.dist().all_reduce(all, sum, group); });
  }

 private:
  static constexpr char const* verb = "commfold::parallel::tensor::megatron_decoder";

  constexpr void expect_divides(std::size_t extent, char const* what) const {
    std::size_t const ranks = parallel::ranks(axis_);
    if (extent % ranks != 0) commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} {}", ranks, extent, what);
  }
  [[nodiscard]] constexpr dynamic_tensor activation(std::size_t parts) const {
    return {of_.dtype, {of_.tokens / parts, of_.batch, of_.hidden}};
  }

  template <class Comm>
  constexpr void gather(Comm& comm) const {
    dynamic_tensor const whole = activation(1), part = activation(parallel::ranks(axis_));
    over_several(axis_, [&comm, &whole, &part](auto const& group) { comm.dist().all_gather_into_tensor(whole, part, group); });
  }
  template <class Comm>
  constexpr void scatter(Comm& comm) const {
    dynamic_tensor const whole = activation(1), part = activation(parallel::ranks(axis_));
    over_several(axis_, [&comm, &whole, &part](auto const& group) { comm.dist().reduce_scatter_tensor(part, whole, sum, group); });
  }
  template <class Comm>
  constexpr void reduce(Comm& comm) const {
    dynamic_tensor const whole = activation(1);
    over_several(axis_, [&comm, &whole](auto const& group) { comm.dist().all_reduce(whole, sum, group); });
  }

  template <class Comm>
  constexpr void enter(Comm& comm) const {
    if (sequence_parallel_) gather(comm);
  }
  template <class Comm>
  constexpr void leave(Comm& comm) const {
    sequence_parallel_ ? scatter(comm) : reduce(comm);
  }
  /// Of a column-wise layer: with sequence parallelism the input is gathered again, and the gradient scattered.
  template <class Comm>
  constexpr void input_gradient(Comm& comm) const {
    if (!sequence_parallel_) return reduce(comm);
    gather(comm);
    scatter(comm);
  }

  template <class Comm>
  constexpr void gather_heads(Comm& comm) const {
    if (gathered_columns_ == 0) return;
    std::size_t const ranks = parallel::ranks(axis_), width = gathered_columns_ / ranks;
    dynamic_tensor const part(of_.dtype, {of_.tokens, of_.batch, width}), all(of_.dtype, {multiply(ranks, of_.tokens), of_.batch, width});
    over_several(axis_, [&comm, &all, &part](auto const& group) { comm.dist().all_gather_into_tensor(all, part, group); });
  }
  /// Rows of tokens * batch: the parts of all ranks are stacked.
  template <class Comm>
  constexpr void scatter_heads(Comm& comm) const {
    if (gathered_columns_ == 0) return;
    std::size_t const ranks = parallel::ranks(axis_), width = gathered_columns_ / ranks, rows = multiply(of_.tokens, of_.batch);
    dynamic_tensor const part(of_.dtype, {rows, width}), all(of_.dtype, {multiply(ranks, rows), width});
    over_several(axis_, [&comm, &all, &part](auto const& group) { comm.dist().reduce_scatter_tensor(part, all, sum, group); });
  }

  tokens of_;
  Axis axis_;
  std::size_t gathered_columns_ = 0;  ///< of queries, keys and values, where they are gathered
  bool sequence_parallel_;
};

}  // namespace commfold::parallel::tensor
