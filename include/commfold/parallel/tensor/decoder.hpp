// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/tensor/decoder.hpp
/// The layers of a decoder under DTensor's tensor parallelism: attention, feed-forward, embedding, head and loss.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/tensor/activations.hpp>
#include <commfold/parallel/tensor/block.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>

namespace commfold::parallel::tensor {

/// A layer of a decoder, of the whole model: queries, keys and values (`wq`, `wk`, `wv`), gate and up (`w1`, `w3`) are `ColwiseParallel`,
/// `wo` and `w2` `RowwiseParallel`.
struct layer_shape {
  std::size_t heads = 1;
  std::size_t key_value_heads = heads;
  std::size_t head_width = 1;
  std::size_t feed_forward = 1;
  bool keeps_dtensors = false;  ///< between the layers of the feed-forward, which may then be uneven
};

/// One layer over P ranks: two `block`s, of three column-wise layers and of two. Where the ranks do not divide the heads of keys and
/// values, no rank can hold whole heads of its part: keys and values are gathered, `gather_columns` of key_value_heads * head_width each
/// (`ColwiseParallel(output_layouts=Replicate())`).
///
/// Of a checkpointed layer, the backward makes calls of the forward again, after the gradient of the layer's output was gathered, and stops
/// before the last reduction: see `recompute`.
///
/// `invalid_argument` where the ranks do not divide the heads, and the width of the feed-forward, unless its layers keep DTensors: PyTorch
/// guesses the whole width from one part and fails.
template <class Axis>
class decoder_layer {
 public:
  constexpr decoder_layer(activations<Axis> const& between, layer_shape const& of)
      : between_(between), attention_(attention_of(between, of)), feed_forward_(feed_forward_of(between, of)) {}

  [[nodiscard]] constexpr block<Axis, 3> const& attention() const { return attention_; }
  [[nodiscard]] constexpr block<Axis, 2> const& feed_forward() const { return feed_forward_; }

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    attention_.forward(comm);
    feed_forward_.forward(comm);
  }

  template <communicator Comm>
  constexpr void backward(Comm& comm, recompute again = recompute::nothing) const {
    between_.leave_backward(comm);
    attention_.repeat(comm, again, false);
    feed_forward_.repeat(comm, again);
    feed_forward_.input_gradient(comm);
    attention_.backward(comm);
  }

 private:
  static constexpr char const* verb = "commfold::parallel::tensor::decoder_layer";

  static constexpr block<Axis, 3> attention_of(activations<Axis> const& between, layer_shape const& of) {
    std::size_t const ranks = between.ranks();
    if (of.heads % ranks != 0) commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} heads", ranks, of.heads);
    column const queries{multiply(of.heads, of.head_width)};
    column const keys{multiply(of.key_value_heads, of.head_width), of.key_value_heads % ranks != 0};
    return {between, {queries, keys, keys}};
  }
  static constexpr block<Axis, 2> feed_forward_of(activations<Axis> const& between, layer_shape const& of) {
    if (of.feed_forward % between.ranks() != 0 && !of.keeps_dtensors)
      commfold::detail::fail<invalid_argument>(verb,
                                               "{} ranks do not divide the {} columns of the feed-forward, whose layers take local tensors",
                                               between.ranks(), of.feed_forward);
    return {between, {column{of.feed_forward}, column{of.feed_forward}}};
  }

  activations<Axis> between_;
  block<Axis, 3> attention_;
  block<Axis, 2> feed_forward_;
};

/// Which dimension of the embedding is cut.
enum class embedding_cut : unsigned char {
  rows,    ///< the vocabulary (`RowwiseParallel`)
  columns  ///< the width (`ColwiseParallel`)
};

/// The embedding over P ranks. Forward: by rows each rank has some words, and the sum is `leave`d (to a part of the sequence under sequence
/// parallelism); by columns `gather_columns` of `hidden`, or `columns_to_tokens` under sequence parallelism. Backward, under sequence
/// parallelism: the gradient is gathered; by columns `tokens_to_columns`.
template <class Axis>
class embedding {
 public:
  constexpr explicit embedding(activations<Axis> const& after, embedding_cut cut = embedding_cut::rows) : after_(after), cut_(cut) {}

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    std::size_t const width = after_.shape().hidden;
    bool const in_parts = after_.how().sequence_parallel;
    if (cut_ == embedding_cut::columns)
      in_parts ? after_.columns_to_tokens(comm, width) : after_.gather_columns(comm, width);
    else
      in_parts ? after_.scatter_tokens(comm) : after_.reduce(comm, width);
  }
  template <communicator Comm>
  constexpr void backward(Comm& comm) const {
    if (!after_.how().sequence_parallel) return;
    std::size_t const width = after_.shape().hidden;
    cut_ == embedding_cut::columns ? after_.tokens_to_columns(comm, width) : after_.gather_tokens(comm, width);
  }

 private:
  activations<Axis> after_;
  embedding_cut cut_;
};

/// How the output projection is cut, and what becomes of its logits.
enum class head_cut : unsigned char {
  gathered,          ///< by columns (`ColwiseParallel`), and every rank gets all logits
  sharded,           ///< by columns; the loss is computed on the parts (`loss_parallel`)
  sequence_sharded,  ///< by columns; each rank gets all logits of its part of the sequence
  rows               ///< by rows (`RowwiseParallel`)
};

/// The output projection over P ranks, of `vocabulary` logits, and its loss.
///
///     forward   by columns: enter; `gather_columns` of the vocabulary, or `columns_to_tokens`, or nothing where the logits stay sharded.
///               By rows: `all_reduce` of batch * tokens * vocabulary
///     loss      of sharded logits, for each token, `all_reduce`s of the maximum and the sum of exponentials, in float32 at least, and of
///               the logit of the target
///     backward  by columns: the gradient of the input as under `enter_backward` of one layer; of `sequence_sharded` logits before that
///               `tokens_to_columns` of the gradient. By rows: `gather_columns` of `hidden`
///
/// `invalid_argument` for rows under sequence parallelism, of which no run was seen.
template <class Axis>
class head {
 public:
  constexpr head(activations<Axis> const& before, std::size_t vocabulary, head_cut cut = head_cut::gathered)
      : before_(before), vocabulary_(vocabulary), cut_(cut) {
    if (cut == head_cut::rows && before.how().sequence_parallel)
      commfold::detail::fail<invalid_argument>("commfold::parallel::tensor::head",
                                               "a head that is cut by rows takes whole sequences, and ranks hold parts of them");
    if (cut == head_cut::sequence_sharded && !before.how().sequence_parallel)
      commfold::detail::fail<invalid_argument>("commfold::parallel::tensor::head",
                                               "logits of parts of the sequence are of sequence parallelism, and it is off");
  }

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    if (cut_ == head_cut::rows) return before_.reduce(comm, vocabulary_);
    before_.enter(comm);
    if (cut_ == head_cut::gathered) before_.gather_columns(comm, vocabulary_);
    if (cut_ == head_cut::sequence_sharded) before_.columns_to_tokens(comm, vocabulary_);
  }

  /// `logits`: the dtype in which the loss gets them.
  template <communicator Comm>
  constexpr void loss(Comm& comm, commfold::dtype logits) const {
    if (cut_ != head_cut::sharded) return;
    tokens const& of = before_.shape();
    std::size_t const all = multiply(of.batch, of.tokens);
    bool const is_half = logits == bf16 || logits == f16;
    dynamic_tensor const wide(is_half ? f32 : logits, {all, std::size_t{1}}), narrow(logits, {all, std::size_t{1}});
    over_several(before_.axis(), [&comm, &wide, &narrow](auto const& group) {
      comm.funcol().all_reduce(wide, reduce_op::max, group);
      comm.funcol().all_reduce(wide, sum, group);
      comm.funcol().all_reduce(narrow, sum, group);
    });
  }

  template <communicator Comm>
  constexpr void backward(Comm& comm) const {
    if (cut_ == head_cut::rows) return before_.gather_columns(comm, before_.shape().hidden);
    if (cut_ == head_cut::sequence_sharded) before_.tokens_to_columns(comm, vocabulary_);
    // The head says itself how it gets its input, whatever the modules of the layers do.
    before_.how().sequence_parallel ? before_.scatter_tokens(comm) : before_.reduce(comm, before_.shape().hidden);
  }

 private:
  activations<Axis> before_;
  std::size_t vocabulary_;
  head_cut cut_;
};

}  // namespace commfold::parallel::tensor
