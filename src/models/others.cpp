// SPDX-License-Identifier: BSL-1.0
// Families whose layers are of other parts than Llama's. The sources are transformers' models/<family>/modeling_<family>.py.
#include <src/models/decoder.hpp>

#include <string>

namespace commfold::io {

namespace {

/// `name.weight`, `[in, out]`: GPT-2's `Conv1D`, which is a linear layer the other way round.
void add_conv1d(module& to, std::string const& name, std::size_t in, std::size_t out) {
  to.parameters.push_back({.name = name + ".weight", .shape = {in, out}});
  to.parameters.push_back({.name = name + ".bias", .shape = {out}});
}

std::size_t expect_divides(config const& c, std::string_view key, std::size_t heads, std::size_t hidden, char const* what) {
  if (hidden % heads != 0) c.refuse(key, std::to_string(heads) + " does not divide " + what + " " + std::to_string(hidden));
  return hidden / heads;
}

/// The two norms of a layer of Cohere's are one, before attention and feed-forward at once.
model_tree cohere(config const& c, bool query_key_norms) {
  std::size_t const hidden = c.number("hidden_size");
  heads const h = read_heads(c);
  bool const bias = c.flag("attention_bias");
  module layer = new_layer();
  add_norm(layer, "input_layernorm", hidden);
  add_attention(layer, h, hidden, {bias, bias});
  if (query_key_norms) {
    layer.parameters.push_back({.name = "self_attn.q_norm.weight", .shape = {h.query, h.width}});
    layer.parameters.push_back({.name = "self_attn.k_norm.weight", .shape = {h.key_value, h.width}});
  }
  add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
  return decoder_of(c, std::move(layer), {.tied = true});
}

}  // namespace

// Experts are two tensors a layer, `[E, H, 2 I]` and `[E, I, H]`, with biases; each head has a sink.
model_tree build_gpt_oss(config const& c) {
  std::size_t const hidden = c.number("hidden_size"), width = c.number("intermediate_size");
  heads const h = read_heads(c, {.own_key_values = false, .width = 64});
  experts_read const experts = read_experts(c, "num_local_experts");
  bool const bias = c.flag("attention_bias", true);
  module layer = new_layer();
  add_norm(layer, "input_layernorm", hidden);
  add_attention(layer, h, hidden, {bias, bias});
  layer.parameters.push_back({.name = "self_attn.sinks", .shape = {h.query}});
  add_norm(layer, "post_attention_layernorm", hidden);
  add_linear(layer, "mlp.router", experts.count, hidden, true);
  auto const add_stacked = [&](char const* name, std::vector<std::size_t> shape) {
    layer.parameters.push_back({.name = std::string("mlp.experts.") + name, .shape = std::move(shape), .experts = experts.count});
  };
  add_stacked("gate_up_proj", {experts.count, hidden, times(2, width)});
  add_stacked("gate_up_proj_bias", {experts.count, times(2, width)});
  add_stacked("down_proj", {experts.count, width, hidden});
  add_stacked("down_proj_bias", {experts.count, hidden});
  return with_experts(decoder_of(c, std::move(layer)), experts);
}

model_tree build_gpt2(config const& c) {
  std::size_t const hidden = c.number("n_embd"), inner = c.number_or("n_inner", times(4, hidden));
  std::size_t const count = c.number("n_head"), width = expect_divides(c, "n_head", count, hidden, "n_embd");
  c.expect_off("add_cross_attention", "cross attention is not planned");
  module layer = new_layer();
  layer.heads = heads{count, count, width};
  add_norm(layer, "ln_1", hidden, true);
  add_conv1d(layer, "attn.c_attn", hidden, times(3, hidden));
  add_conv1d(layer, "attn.c_proj", hidden, hidden);
  add_norm(layer, "ln_2", hidden, true);
  add_conv1d(layer, "mlp.c_fc", hidden, inner);
  add_conv1d(layer, "mlp.c_proj", inner, hidden);
  layer_stack stack{"transformer.h", {}, {}};
  stack.add(std::move(layer), read_layers(c, "n_layer"));
  model_tree tree = framed(
      c, hidden, std::move(stack),
      {.paths = {"transformer.wte", "transformer.h", "transformer.ln_f", "lm_head"}, .tied = true, .norm = last_norm::weight_and_bias});
  add_embedding(tree.outside.front(), "transformer.wpe", c.number("n_positions"), hidden);
  return tree;
}

model_tree build_gpt_neox(config const& c) {
  std::size_t const hidden = c.number("hidden_size"), intermediate = c.number("intermediate_size");
  std::size_t const count = c.number("num_attention_heads");
  std::size_t const width = expect_divides(c, "num_attention_heads", count, hidden, "hidden_size");
  bool const bias = c.flag("attention_bias", true);
  module layer = new_layer();
  layer.heads = heads{count, count, width};
  add_norm(layer, "input_layernorm", hidden, true);
  add_norm(layer, "post_attention_layernorm", hidden, true);
  add_linear(layer, "attention.query_key_value", times(3, hidden), hidden, bias);
  add_linear(layer, "attention.dense", hidden, hidden, bias);
  add_linear(layer, "mlp.dense_h_to_4h", intermediate, hidden, true);
  add_linear(layer, "mlp.dense_4h_to_h", hidden, intermediate, true);
  return decoder_of(
      c, std::move(layer),
      {.paths = {"gpt_neox.embed_in", "gpt_neox.layers", "gpt_neox.final_layer_norm", "embed_out"}, .norm = last_norm::weight_and_bias});
}

// Its norms have no parameters.
model_tree build_olmo(config const& c) {
  std::size_t const hidden = c.number("hidden_size");
  bool const bias = c.flag("attention_bias");
  module layer = new_layer();
  add_attention(layer, read_heads(c), hidden, {bias, bias});
  add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
  return decoder_of(c, std::move(layer), {.norm = last_norm::without_parameters});
}

// Norms stand behind attention and feed-forward, and one norm is over the queries, or the keys, of all heads.
model_tree build_olmo2(config const& c) {
  std::size_t const hidden = c.number("hidden_size");
  heads const h = read_heads(c);
  bool const bias = c.flag("attention_bias");
  module layer = new_layer();
  add_attention(layer, h, hidden, {bias, bias});
  add_norm(layer, "self_attn.q_norm", times(h.query, h.width));
  add_norm(layer, "self_attn.k_norm", times(h.key_value, h.width));
  add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
  add_norm(layer, "post_attention_layernorm", hidden);
  add_norm(layer, "post_feedforward_layernorm", hidden);
  return decoder_of(c, std::move(layer));
}

// With `qk_layernorm` each head has a norm of its own; with `use_parallel_residual` one norm is for attention and feed-forward.
model_tree build_stablelm(config const& c) {
  std::size_t const hidden = c.number("hidden_size");
  heads const h = read_heads(c, {.width_is_read = false});
  module layer = new_layer();
  add_attention(layer, h, hidden, {.query_key_value = c.flag("use_qkv_bias")});
  if (c.flag("qk_layernorm")) {
    layer.parameters.push_back({.name = "self_attn.q_layernorm.norms.*.weight", .shape = {h.width}, .copies = h.query});
    layer.parameters.push_back({.name = "self_attn.k_layernorm.norms.*.weight", .shape = {h.width}, .copies = h.key_value});
  }
  add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
  add_norm(layer, "input_layernorm", hidden, true);
  if (!c.flag("use_parallel_residual")) add_norm(layer, "post_attention_layernorm", hidden, true);
  return decoder_of(c, std::move(layer), {.norm = last_norm::weight_and_bias});
}

model_tree build_cohere(config const& c) { return cohere(c, c.flag("use_qk_norm")); }
model_tree build_cohere2(config const& c) { return cohere(c, false); }

// Three shapes of queries, keys and values in one matrix: groups of heads that share them (`new_decoder_architecture`), one key and value
// for all heads (`multi_query`), or one for each. Attention and feed-forward stand side by side behind one norm or two, or after each
// other.
model_tree build_falcon(config const& c) {
  std::size_t const hidden = c.number("hidden_size"), query = c.number("num_attention_heads");
  std::size_t const width = expect_divides(c, "num_attention_heads", query, hidden, "hidden_size");
  bool const grouped = c.flag("new_decoder_architecture"), one = c.flag("multi_query", true), parallel = c.flag("parallel_attn", true);
  bool const bias = c.flag("bias");
  std::size_t const inner = c.number_or("ffn_hidden_size", times(4, hidden));
  std::size_t key_value = c.number_or("num_kv_heads", c.number_or("n_head_kv", query));
  if (!grouped) key_value = one ? 1 : query;
  if (query % key_value != 0)
    c.refuse("num_kv_heads", std::to_string(key_value) + " does not divide num_attention_heads " + std::to_string(query));
  std::size_t const norms = c.number_or("num_ln_in_parallel_attn", grouped ? 2 : 1);
  if (norms > 2) c.refuse("num_ln_in_parallel_attn", "is " + std::to_string(norms) + ", and may be 1 or 2");

  module layer = new_layer();
  layer.heads = heads{query, key_value, width};
  add_linear(layer, "self_attention.query_key_value", times(query + 2 * key_value, width), hidden, bias);
  add_linear(layer, "self_attention.dense", hidden, hidden, bias);
  add_linear(layer, "mlp.dense_h_to_4h", inner, hidden, bias);
  add_linear(layer, "mlp.dense_4h_to_h", hidden, inner, bias);
  bool const two = parallel && norms == 2;
  add_norm(layer, two ? "ln_attn" : "input_layernorm", hidden, true);
  if (two) add_norm(layer, "ln_mlp", hidden, true);
  if (!parallel) add_norm(layer, "post_attention_layernorm", hidden, true);
  return decoder_of(c, std::move(layer),
                    {.paths = {"transformer.word_embeddings", "transformer.h", "transformer.ln_f", "lm_head"},
                     .tied = true,
                     .norm = last_norm::weight_and_bias});
}

}  // namespace commfold::io
