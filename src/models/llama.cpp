// SPDX-License-Identifier: BSL-1.0
// Families whose layers are norm, grouped-query attention, norm, gated feed-forward: they differ in biases, in norms of queries and keys,
// in the number of norms, and in what is tied. The sources are transformers' models/<family>/modeling_<family>.py.
#include <src/models/decoder.hpp>

namespace commfold::io {

namespace {

/// What is not the same in all of them.
struct layer_rules {
  attention_bias bias{};
  bool mlp_bias = false;
  bool head_norms = false;  ///< norms of each head's queries and keys, of the width of a head
  bool four_norms = false;  ///< before and after attention, before and after the feed-forward
};

void add_head_norms(module& layer, heads const& h) {
  add_norm(layer, "self_attn.q_norm", h.width);
  add_norm(layer, "self_attn.k_norm", h.width);
}

/// All but the feed-forward, and the norms behind attention.
module attention_layer(std::size_t hidden, heads const& h, layer_rules const& rules) {
  module layer = new_layer();
  add_norm(layer, "input_layernorm", hidden);
  add_attention(layer, h, hidden, rules.bias);
  if (rules.head_norms) add_head_norms(layer, h);
  add_norm(layer, "post_attention_layernorm", hidden);
  if (rules.four_norms) add_norm(layer, "pre_feedforward_layernorm", hidden);
  return layer;
}

model_tree gated_decoder(config const& c, heads const& h, layer_rules const& rules, decoder_rules const& around = {}) {
  std::size_t const hidden = c.number("hidden_size");
  module layer = attention_layer(hidden, h, rules);
  add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"), rules.mlp_bias);
  if (rules.four_norms) add_norm(layer, "post_feedforward_layernorm", hidden);
  return decoder_of(c, std::move(layer), around);
}

attention_bias all_or_none(bool biased) { return {biased, biased}; }

/// Which layers of Qwen's mixtures have experts: every `decoder_sparse_step`th, unless `mlp_only_layers` names it.
template <class Make>
layer_stack qwen_layers(config const& c, Make const& make) {
  std::size_t const layers = read_layers(c), step = c.number_or("decoder_sparse_step", 1);
  std::vector<bool> dense(layers);
  if (json_value const* const only = c.find("mlp_only_layers"))
    for (json_value const& layer : only->elements()) {
      std::size_t const i = layer.unsigned_integer();
      if (i >= layers) layer.refuse("'mlp_only_layers' names layer " + std::to_string(i) + " of " + std::to_string(layers));
      dense[i] = true;
    }
  auto const is_sparse = [&](std::size_t i) { return !dense[i] && (i + 1) % step == 0; };
  return mixed_layers("model.layers", layers, is_sparse, make);
}

}  // namespace

model_tree build_llama(config const& c) {
  return gated_decoder(c, read_heads(c), {.bias = all_or_none(c.flag("attention_bias")), .mlp_bias = c.flag("mlp_bias")});
}

model_tree build_smollm3(config const& c) {
  return gated_decoder(c, read_heads(c), {.bias = all_or_none(c.flag("attention_bias")), .mlp_bias = c.flag("mlp_bias")}, {.tied = true});
}

model_tree build_mistral(config const& c) { return gated_decoder(c, read_heads(c, {.own_key_values = false}), {}); }

model_tree build_mixtral(config const& c) {
  std::size_t const hidden = c.number("hidden_size");
  experts_read const experts = read_experts(c, "num_local_experts");
  module layer = attention_layer(hidden, read_heads(c, {.own_key_values = false}), {});
  add_linear(layer, "block_sparse_moe.gate", experts.count, hidden);
  add_experts(layer, "block_sparse_moe.experts", mixtral_names, experts.count, hidden, c.number("intermediate_size"));
  return with_experts(decoder_of(c, std::move(layer)), experts);
}

model_tree build_qwen2(config const& c) { return gated_decoder(c, read_heads(c), {.bias = {.query_key_value = true}}); }

model_tree build_qwen3(config const& c) {
  return gated_decoder(c, read_heads(c, {.width = 128}), {.bias = all_or_none(c.flag("attention_bias")), .head_norms = true});
}

model_tree build_qwen2_moe(config const& c) {
  std::size_t const hidden = c.number("hidden_size");
  heads const h = read_heads(c);
  experts_read const experts = read_experts(c, "num_experts");
  auto const make = [&](bool sparse) {
    module layer = attention_layer(hidden, h, {.bias = {.query_key_value = c.flag("qkv_bias", true)}});
    if (!sparse) {
      add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
      return layer;
    }
    add_linear(layer, "mlp.gate", experts.count, hidden);
    add_experts(layer, "mlp.experts", projections, experts.count, hidden, c.number("moe_intermediate_size"));
    add_gated_mlp(layer, "mlp.shared_expert", hidden, c.number("shared_expert_intermediate_size"));
    add_linear(layer, "mlp.shared_expert_gate", 1, hidden);
    return layer;
  };
  return with_experts(framed(c, hidden, qwen_layers(c, make)), experts);
}

model_tree build_qwen3_moe(config const& c) {
  std::size_t const hidden = c.number("hidden_size");
  heads const h = read_heads(c);
  experts_read const experts = read_experts(c, "num_experts");
  auto const make = [&](bool sparse) {
    module layer = attention_layer(hidden, h, {.bias = all_or_none(c.flag("attention_bias")), .head_norms = true});
    if (!sparse) {
      add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
      return layer;
    }
    add_linear(layer, "mlp.gate", experts.count, hidden);
    add_experts(layer, "mlp.experts", projections, experts.count, hidden, c.number("moe_intermediate_size"));
    return layer;
  };
  return with_experts(framed(c, hidden, qwen_layers(c, make)), experts);
}

model_tree build_gemma(config const& c) {
  return gated_decoder(c, read_heads(c, {.own_key_values = false, .width = 256}), {.bias = all_or_none(c.flag("attention_bias"))},
                       {.tied = true});
}

model_tree build_gemma2(config const& c) {
  return gated_decoder(c, read_heads(c, {.own_key_values = false, .width = 256}),
                       {.bias = all_or_none(c.flag("attention_bias")), .four_norms = true}, {.tied = true});
}

model_tree build_gemma3(config const& c) {
  return gated_decoder(c, read_heads(c, {.own_key_values = false, .width = 256}),
                       {.bias = all_or_none(c.flag("attention_bias")), .head_norms = true, .four_norms = true}, {.tied = true});
}

// Queries, keys and values in one matrix, and the gate and up matrices in another.
model_tree build_phi3(config const& c) {
  std::size_t const hidden = c.number("hidden_size"), intermediate = c.number("intermediate_size");
  heads const h = read_heads(c);
  module layer = new_layer();
  layer.heads = h;
  add_norm(layer, "input_layernorm", hidden);
  add_linear(layer, "self_attn.qkv_proj", times(h.query + 2 * h.key_value, h.width), hidden);
  add_linear(layer, "self_attn.o_proj", hidden, times(h.query, h.width));
  add_norm(layer, "post_attention_layernorm", hidden);
  add_linear(layer, "mlp.gate_up_proj", times(2, intermediate), hidden);
  add_linear(layer, "mlp.down_proj", hidden, intermediate);
  return decoder_of(c, std::move(layer));
}

}  // namespace commfold::io
