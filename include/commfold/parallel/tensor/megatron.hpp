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

/// A decoder over P ranks as Megatron-LM computes it, with x = tokens * batch * hidden elements of b bytes; activations are [tokens, batch,
/// hidden]. Queries, keys and values are one column-wise layer, gate and up another one, so that a block has one gradient of its input.
///
///                      without sequence parallelism   with it
///     layer forward    `allreduce_` of x, twice       twice `_allgather_base_` of x out and `_reduce_scatter_base_` of x in
///     layer backward   `allreduce_` of x, twice       twice: gather of the output's gradient, gather of the input again, for the
///                                                     gradient of the weight, and scatter of the input's gradient
///     embedding        `allreduce_` of x              scatter of x; backward: gather of the gradient
///     head             backward: `allreduce_` of x    forward: gather of x; backward: gather of x again, scatter
///     loss             three `allreduce_` of tokens * batch float32: the maximum, the target's logit, the sum of exponentials
///
/// So a layer sends 8 * (P - 1) / P * x * b bytes by rings in either case without its second gather, and 10 with it: Korthikanti et al.
/// 2022 (arXiv 2205.05198), section 4.2.2, leave that gather out of their count since it overlaps. A checkpointed layer makes all calls of
/// its forward again before its backward. Over an axis of one rank there are no calls. `invalid_argument` where the ranks do not divide the
/// heads, those of keys and values, the feed-forward, the vocabulary, or, under sequence parallelism, the tokens. Sources: Shoeybi et al.
/// 2019 (arXiv 1909.08053), section 3; megatron/core/tensor_parallel/{layers,mappings,cross_entropy}.py. No run of Megatron-LM was
/// measured.
template <class Axis>
class megatron_decoder {
 public:
  constexpr megatron_decoder(tokens const& between, layer_shape const& layer, std::size_t vocabulary, Axis const& axis,
                             bool sequence_parallel)
      : of_(between), axis_(axis), sequence_parallel_(sequence_parallel) {
    expect_divides(layer.heads, "heads");
    expect_divides(layer.key_value_heads, "heads of keys and values");
    expect_divides(layer.feed_forward, "columns of the feed-forward");
    expect_divides(vocabulary, "words of the vocabulary");
    if (sequence_parallel) expect_divides(between.tokens, "tokens of a sequence");
  }

  template <communicator Comm>
  constexpr void embedding_forward(Comm& comm) const {
    leave(comm);
  }
  template <communicator Comm>
  constexpr void embedding_backward(Comm& comm) const {
    if (sequence_parallel_) gather(comm);
  }

  template <communicator Comm>
  constexpr void layer_forward(Comm& comm) const {
    for (std::size_t block = 0; block != 2; ++block) {
      if (sequence_parallel_) gather(comm);
      leave(comm);
    }
  }
  template <communicator Comm>
  constexpr void layer_backward(Comm& comm, bool checkpointed = false) const {
    if (checkpointed) layer_forward(comm);
    for (std::size_t block = 0; block != 2; ++block) {
      if (sequence_parallel_) gather(comm);
      input_gradient(comm);
    }
  }

  template <communicator Comm>
  constexpr void head_forward(Comm& comm) const {
    if (sequence_parallel_) gather(comm);
  }
  template <communicator Comm>
  constexpr void loss(Comm& comm) const {
    dynamic_tensor const each(f32, {of_.tokens, of_.batch});
    over_several(axis_, [&comm, &each](auto const& group) {
      comm.dist().all_reduce(each, reduce_op::max, group);
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
  constexpr void expect_divides(std::size_t extent, char const* what) const {
    std::size_t const ranks = parallel::ranks(axis_);
    if (extent % ranks != 0)
      commfold::detail::fail<invalid_argument>("commfold::parallel::tensor::megatron_decoder", "{} ranks do not divide {} {}", ranks,
                                               extent, what);
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

  tokens of_;
  Axis axis_;
  bool sequence_parallel_;
};

}  // namespace commfold::parallel::tensor
