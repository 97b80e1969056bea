// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/models/decoder.hpp
/// What all decoders have: an embedding, layers, a last norm and a head. The rules of families are made over it.

#include <src/models/config.hpp>
#include <src/models/parts.hpp>
#include <src/models/tree.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace commfold::io {

/// The paths of a decoder's modules.
struct decoder_paths {
  char const* embed = "model.embed_tokens";
  char const* layers = "model.layers";
  char const* norm = "model.norm";
  char const* head = "lm_head";
};

/// How its last norm is: most have a weight, some a bias too, and OLMo has neither.
enum class last_norm { weight, weight_and_bias, without_parameters };

struct decoder_rules {
  decoder_paths paths{};
  bool tied = false;  ///< what its class does without `tie_word_embeddings`
  last_norm norm = last_norm::weight;
};

/// `num_hidden_layers`, and that each of `layer_types`, where a file has them, is attention, whose window changes no shape.
[[nodiscard]] std::size_t read_layers(config const& c, std::string_view key = "num_hidden_layers");

/// The embedding, the norm and the head around the layers.
[[nodiscard]] model_tree framed(config const& c, std::size_t hidden, layer_stack layers, decoder_rules const& rules = {});

/// A decoder whose layers are all of one kind.
[[nodiscard]] model_tree decoder_of(config const& c, module layer, decoder_rules const& rules = {});

[[nodiscard]] inline module new_layer() { return {"layers", {}}; }

/// The layers of which `is_sparse(i)` tells whether layer i has experts; each kind is made where it is first met.
template <class IsSparse, class Make>
[[nodiscard]] layer_stack mixed_layers(std::string path, std::size_t count, IsSparse const& is_sparse, Make const& make) {
  layer_stack stack{std::move(path), {}, {}};
  std::optional<std::size_t> kinds[2];
  for (std::size_t i = 0; i != count;) {
    bool const sparse = is_sparse(i);
    std::size_t const first = i;
    while (i != count && is_sparse(i) == sparse) ++i;
    std::optional<std::size_t>& kind = kinds[sparse ? 1 : 0];
    if (!kind) {
      kind = stack.kinds.size();
      stack.kinds.push_back(make(sparse));
    }
    stack.runs.push_back({*kind, i - first});
  }
  return stack;
}

/// Routed experts: how many there are, and how many a token uses.
struct experts_read {
  std::size_t count = 0;
  std::optional<std::size_t> used;
};
[[nodiscard]] experts_read read_experts(config const& c, std::string_view count_key);

[[nodiscard]] inline model_tree with_experts(model_tree tree, experts_read const& experts) {
  tree.experts = experts.count;
  tree.used = experts.used;
  return tree;
}

// The rules, a file an idea.
[[nodiscard]] model_tree build_llama(config const&);
[[nodiscard]] model_tree build_mistral(config const&);
[[nodiscard]] model_tree build_mixtral(config const&);
[[nodiscard]] model_tree build_qwen2(config const&);
[[nodiscard]] model_tree build_qwen3(config const&);
[[nodiscard]] model_tree build_qwen2_moe(config const&);
[[nodiscard]] model_tree build_qwen3_moe(config const&);
[[nodiscard]] model_tree build_gemma(config const&);
[[nodiscard]] model_tree build_gemma2(config const&);
[[nodiscard]] model_tree build_gemma3(config const&);
[[nodiscard]] model_tree build_phi3(config const&);
[[nodiscard]] model_tree build_deepseek_v2(config const&);
[[nodiscard]] model_tree build_deepseek_v3(config const&);
[[nodiscard]] model_tree build_gpt_oss(config const&);
[[nodiscard]] model_tree build_gpt2(config const&);
[[nodiscard]] model_tree build_gpt_neox(config const&);
[[nodiscard]] model_tree build_olmo(config const&);
[[nodiscard]] model_tree build_olmo2(config const&);
[[nodiscard]] model_tree build_smollm3(config const&);
[[nodiscard]] model_tree build_stablelm(config const&);
[[nodiscard]] model_tree build_cohere(config const&);
[[nodiscard]] model_tree build_cohere2(config const&);
[[nodiscard]] model_tree build_falcon(config const&);

}  // namespace commfold::io
