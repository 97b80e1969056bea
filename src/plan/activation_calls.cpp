// SPDX-License-Identifier: BSL-1.0
#include <src/plan/activation_calls.hpp>

#include <src/plan/tensor_roles.hpp>

namespace commfold::io {

namespace {

using axis_group = std::optional<dynamic_group>;

/// The heads of all layers, which must be alike.
heads heads_of(held_model const& of, char const* axis) {
  for (held_module const& kind : of.kinds) {
    if (!kind.heads)
      throw input_error(std::string(axis) + ": a checkpoint does not say how many heads a layer has; give the model's config.json");
    heads const& one = *of.kinds.front().heads;
    if (kind.heads->query != one.query || kind.heads->key_value != one.key_value || kind.heads->width != one.width ||
        kind.heads->value_width != one.value_width)
      throw input_error(std::string(axis) + ": the layers have several numbers of heads");
  }
  if (of.kinds.empty()) throw input_error(std::string(axis) + ": the model has no layers");
  return *of.kinds.front().heads;
}

/// Matrices that read something else than the activations between blocks are of latent attention.
void expect_plain_attention(held_model const& of) {
  for (held_module const& kind : of.kinds)
    for (std::size_t const width : kind.attention_inputs)
      if (width != of.hidden) throw input_error("tp: latent attention is not cut; plan it with fsdp, cp, ep and pp");
}

parallel::expert::token_counts even_counts(held_model const& of, std::size_t ranks, std::size_t tokens) {
  if (!of.used) throw input_error("ep: nothing says how many experts a token uses ('num_experts_per_tok')");
  try {
    return parallel::expert::token_counts::even(ranks, of.experts, tokens, *of.used);
  } catch (error const&) {
    throw input_error("ep: " + std::to_string(tokens) + " tokens of a micro-batch, to " + std::to_string(*of.used) +
                      " experts each, do not go evenly to " + std::to_string(of.experts) + " experts");
  }
}

}  // namespace

micro_batch_shape shape_of(held_model const& of, plan_options const& with) {
  std::size_t const tokens = with.seq_len.value_or(1);
  return {*with.param_dtype, with.batch.value_or(with.micro_batches) / with.micro_batches, tokens, tokens / with.mesh.ranks(axis::cp),
          of.hidden};
}

activation_calls::activation_calls(held_model const& whole, plan_options const& with)
    : computed_(*with.param_dtype),
      vocabulary_(whole.vocabulary),
      checkpoints_(with.checkpointing),
      sequence_parallel_(with.sequence_parallel),
      loss_parallel_(with.loss_parallel) {
  micro_batch_shape const shape = shape_of(whole, with);
  parallel::tensor::tokens const between{computed_, shape.sequences, shape.held_tokens, shape.hidden};
  std::size_t const tp = with.mesh.ranks(axis::tp);
  if (tp != 1) {
    expect_plain_attention(whole);
    heads const h = heads_of(whole, "tp");
    axis_group const group = with.mesh.group({axis::tp});
    if (with.by == strategy::megatron) {
      // Dimensions that the ranks do not divide were refused with their names.
      megatron_.emplace(
          between,
          parallel::tensor::layer_shape{.heads = h.query, .key_value_heads = h.key_value, .head_width = h.width, .feed_forward = tp}, tp,
          group, with.sequence_parallel);
    } else {
      tensor_.emplace(between, group, parallel::tensor::style{.sequence_parallel = with.sequence_parallel});
      gathers_keys_ = h.key_value % tp != 0;
      for (held_module const& kind : whole.kinds)
        if (gathers_keys_ && kind.key_value_columns == 0)
          throw input_error("tp: " + std::to_string(tp) + " ranks do not divide " + std::to_string(h.key_value) +
                            " heads of keys and values, which stand in one matrix with the queries");
    }
  }
  if (with.mesh.ranks(axis::cp) != 1) {
    heads const h = heads_of(whole, "cp");
    // PyTorch's kernels want keys and values repeated for all heads.
    ring_.emplace(parallel::context::attention{.dtype = computed_,
                                               .batch = shape.sequences,
                                               .heads = h.query / tp,
                                               .key_value_heads = h.query / tp,
                                               .tokens = shape.tokens,
                                               .width = h.width,
                                               .value_width = h.value_width},
                  with.mesh.group({axis::cp}), with.context_rank);
  }
  if (std::size_t const ep = with.mesh.ranks(axis::ep); ep != 1)
    experts_.emplace(even_counts(whole, ep, multiply(shape.sequences, shape.held_tokens)),
                     parallel::expert::token_shape{computed_, shape.hidden}, with.mesh.group({axis::ep}), 0);
}

std::vector<std::size_t> activation_calls::partial_gradients(held_module const& of) const {
  std::vector<std::size_t> extents;
  for (held_parameter const& p : of.parameters) {
    if (p.shape.size() != 1 || p.cut || !p.trainable) continue;
    bool const reads_a_part = sequence_parallel_ && (megatron_ || part_of(p.name) == layer_part::other);
    if (is_norm_of_heads(p.name) || reads_a_part) extents.push_back(p.shape[0]);
  }
  return extents;
}

}  // namespace commfold::io
