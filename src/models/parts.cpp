// SPDX-License-Identifier: BSL-1.0
#include <src/models/parts.hpp>

#include <commfold/size/arithmetic.hpp>

namespace commfold::io {

std::size_t times(std::size_t a, std::size_t b) { return multiply(a, b); }

void add_linear(module& to, std::string const& name, std::size_t out, std::size_t in, bool bias) {
  to.parameters.push_back({.name = name + ".weight", .shape = {out, in}});
  if (bias) to.parameters.push_back({.name = name + ".bias", .shape = {out}});
}

void add_norm(module& to, std::string const& name, std::size_t size, bool bias) {
  to.parameters.push_back({.name = name + ".weight", .shape = {size}});
  if (bias) to.parameters.push_back({.name = name + ".bias", .shape = {size}});
}

void add_embedding(module& to, std::string const& name, std::size_t rows, std::size_t width) {
  to.parameters.push_back({.name = name + ".weight", .shape = {rows, width}});
}

void add_attention(module& to, heads const& h, std::size_t hidden, attention_bias const& bias) {
  to.heads = h;
  std::size_t const query = times(h.query, h.width), key_value = times(h.key_value, h.width);
  add_linear(to, "self_attn.q_proj", query, hidden, bias.query_key_value);
  add_linear(to, "self_attn.k_proj", key_value, hidden, bias.query_key_value);
  add_linear(to, "self_attn.v_proj", key_value, hidden, bias.query_key_value);
  add_linear(to, "self_attn.o_proj", hidden, query, bias.output);
}

void add_latent_attention(module& to, latent_attention const& a, std::size_t hidden) {
  to.heads = heads{a.heads, a.heads, add(a.plain, a.rotated), a.value};
  std::size_t const query = times(a.heads, add(a.plain, a.rotated));
  if (a.query_rank == 0) {
    add_linear(to, "self_attn.q_proj", query, hidden);
  } else {
    add_linear(to, "self_attn.q_a_proj", a.query_rank, hidden, a.bias);
    add_norm(to, "self_attn.q_a_layernorm", a.query_rank);
    add_linear(to, "self_attn.q_b_proj", query, a.query_rank);
  }
  add_linear(to, "self_attn.kv_a_proj_with_mqa", add(a.key_value_rank, a.rotated), hidden, a.bias);
  add_norm(to, "self_attn.kv_a_layernorm", a.key_value_rank);
  add_linear(to, "self_attn.kv_b_proj", times(a.heads, add(a.plain, a.value)), a.key_value_rank);
  add_linear(to, "self_attn.o_proj", hidden, times(a.heads, a.value), a.bias);
}

void add_gated_mlp(module& to, std::string const& prefix, std::size_t hidden, std::size_t intermediate, bool bias) {
  add_linear(to, prefix + ".gate_proj", intermediate, hidden, bias);
  add_linear(to, prefix + ".up_proj", intermediate, hidden, bias);
  add_linear(to, prefix + ".down_proj", hidden, intermediate, bias);
}

void add_experts(module& to, std::string const& prefix, expert_names const& names, std::size_t experts, std::size_t hidden,
                 std::size_t intermediate) {
  for (auto const& [name, matrix] : names.ordered) {
    bool const down = matrix == expert_matrix::down;
    to.parameters.push_back({.name = prefix + ".*." + name + ".weight",
                             .shape = {down ? hidden : intermediate, down ? intermediate : hidden},
                             .copies = experts,
                             .experts = experts,
                             .matrix = matrix});
  }
}

}  // namespace commfold::io
