// SPDX-License-Identifier: BSL-1.0
// DeepSeek-V2 and V3: latent attention, dense layers first, shared experts beside the routed ones. V3's layer that predicts the token
// after the next is left out, as transformers leaves it out. Sources: transformers' models/deepseek_v2 and deepseek_v3.
#include <src/models/decoder.hpp>

#include <algorithm>
#include <string>

namespace commfold::io {

namespace {

latent_attention read_latent_attention(config const& c) {
  latent_attention a;
  a.heads = c.number("num_attention_heads");
  a.query_rank = c.find("q_lora_rank") != nullptr ? c.number("q_lora_rank") : 0;
  a.key_value_rank = c.number("kv_lora_rank");
  a.rotated = c.number("qk_rope_head_dim");
  a.plain = c.number("qk_nope_head_dim");
  a.value = c.number("v_head_dim");
  a.bias = c.flag("attention_bias");
  if (std::max(a.plain + a.rotated, a.plain + a.value) > largest_extent / a.heads)
    c.refuse("num_attention_heads",
             std::to_string(a.heads) + " times the width of a head overflows the largest extent, " + std::to_string(largest_extent));
  return a;
}

/// Whether routing adds a bias for each expert, which is a buffer: it is moved by a rule and has no gradient.
bool has_routing_bias(config const& c, std::string_view otherwise) {
  json_value const* const given = c.find("topk_method");
  std::string_view const method = given != nullptr ? std::string_view(given->text()) : otherwise;
  if (method == "noaux_tc") return true;
  if (method != "greedy" && method != "group_limited_greedy") c.refuse("topk_method", "is " + given->spelled() + ", which is not planned");
  return false;
}

model_tree build_deepseek(config const& c, std::string_view topk_method) {
  std::size_t const hidden = c.number("hidden_size"), layers = read_layers(c);
  latent_attention const attention = read_latent_attention(c);
  bool const has_experts = c.find("n_routed_experts") != nullptr;
  experts_read const experts = has_experts ? read_experts(c, "n_routed_experts") : experts_read{};
  std::size_t const first = c.count_or("first_k_dense_replace", 0), every = c.number_or("moe_layer_freq", 1);
  std::size_t const shared = c.count_or("n_shared_experts", 0, most_layers);
  auto const is_sparse = [&](std::size_t i) { return has_experts && i >= first && i % every == 0; };
  auto const make = [&](bool sparse) {
    module layer = new_layer();
    add_norm(layer, "input_layernorm", hidden);
    add_latent_attention(layer, attention, hidden);
    add_norm(layer, "post_attention_layernorm", hidden);
    if (!sparse) {
      add_gated_mlp(layer, "mlp", hidden, c.number("intermediate_size"));
      return layer;
    }
    std::size_t const width = c.number("moe_intermediate_size");
    add_linear(layer, "mlp.gate", experts.count, hidden);
    if (has_routing_bias(c, topk_method))
      layer.parameters.push_back({.name = "mlp.gate.e_score_correction_bias", .shape = {experts.count}, .buffer = true});
    add_experts(layer, "mlp.experts", projections, experts.count, hidden, width);
    if (shared != 0) add_gated_mlp(layer, "mlp.shared_experts", hidden, times(shared, width));
    return layer;
  };
  return with_experts(framed(c, hidden, mixed_layers("model.layers", layers, is_sparse, make)), experts);
}

}  // namespace

model_tree build_deepseek_v2(config const& c) { return build_deepseek(c, "greedy"); }
model_tree build_deepseek_v3(config const& c) { return build_deepseek(c, "noaux_tc"); }

}  // namespace commfold::io
