// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/models/parts.hpp
/// What layers of transformers are made of. Names and shapes are those of transformers' modules: `nn.Linear(in, out)` is `[out, in]`.

#include <src/models/config.hpp>
#include <src/models/tree.hpp>

#include <cstddef>
#include <string>

namespace commfold::io {

/// A product of two extents. `overflow_error` where it does not fit.
[[nodiscard]] std::size_t times(std::size_t a, std::size_t b);

/// `name.weight`, `[out, in]`, and with a bias `name.bias`, `[out]`.
void add_linear(module& to, std::string const& name, std::size_t out, std::size_t in, bool bias = false);
/// `name.weight`, `[size]`, and with a bias `name.bias`.
void add_norm(module& to, std::string const& name, std::size_t size, bool bias = false);
void add_embedding(module& to, std::string const& name, std::size_t rows, std::size_t width);

/// Which projections of attention have a bias.
struct attention_bias {
  bool query_key_value = false;
  bool output = false;
};

/// `self_attn.q_proj`, `k_proj`, `v_proj` and `o_proj`.
void add_attention(module& to, heads const& h, std::size_t hidden, attention_bias const& bias = {});

/// DeepSeek's latent attention: keys and values, and with a rank of their own queries too, are projected down, normed, and up again.
struct latent_attention {
  std::size_t heads = 0;
  std::size_t query_rank = 0;  ///< `q_lora_rank`; 0 where queries are projected at once
  std::size_t key_value_rank = 0;
  std::size_t rotated = 0;  ///< `qk_rope_head_dim`, whose keys all heads share
  std::size_t plain = 0;    ///< `qk_nope_head_dim`
  std::size_t value = 0;    ///< `v_head_dim`
  bool bias = false;
};
void add_latent_attention(module& to, latent_attention const& a, std::size_t hidden);

/// `prefix.gate_proj`, `up_proj` and `down_proj`.
void add_gated_mlp(module& to, std::string const& prefix, std::size_t hidden, std::size_t intermediate, bool bias = false);

/// What a family calls the three matrices of an expert, in the order of its module.
struct expert_names {
  struct one {
    char const* name;
    expert_matrix matrix;
  };
  one ordered[3];
};
inline constexpr expert_names projections{
    {{"gate_proj", expert_matrix::gate}, {"up_proj", expert_matrix::up}, {"down_proj", expert_matrix::down}}};
inline constexpr expert_names mixtral_names{{{"w1", expert_matrix::gate}, {"w2", expert_matrix::down}, {"w3", expert_matrix::up}}};

/// The routed experts of a layer, `experts` gated feed-forwards: `prefix.0.gate_proj.weight` and on.
void add_experts(module& to, std::string const& prefix, expert_names const& names, std::size_t experts, std::size_t hidden,
                 std::size_t intermediate);

}  // namespace commfold::io
