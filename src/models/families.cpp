// SPDX-License-Identifier: BSL-1.0
#include <src/models/families.hpp>

#include <src/models/decoder.hpp>

#include <commfold/text/nearest_names.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace commfold::io {

namespace {

using namespace std::string_view_literals;

/// Keys, one list behind the other.
template <std::size_t... N>
constexpr auto joined(std::string_view const (&... lists)[N]) {
  std::array<std::string_view, (N + ...)> all{};
  std::size_t at = 0;
  auto const take = [&](auto const& list) {
    for (std::string_view const key : list) all[at++] = key;
  };
  (take(lists), ...);
  return all;
}

constexpr std::string_view everywhere[] = {
    "architectures"sv, "model_type"sv, "dtype"sv, "torch_dtype"sv, "tie_word_embeddings"sv, "vocab_size"sv, "layer_types"sv,
};

constexpr std::string_view widths[] = {"hidden_size"sv, "intermediate_size"sv, "num_hidden_layers"sv, "num_attention_heads"sv};
constexpr std::string_view grouped[] = {"num_key_value_heads"sv, "head_dim"sv};
constexpr std::string_view biased[] = {"attention_bias"sv};
constexpr std::string_view of_experts[] = {"num_experts_per_tok"sv, "num_local_experts"sv};
constexpr std::string_view of_qwen_experts[] = {"num_experts_per_tok"sv, "num_experts"sv, "moe_intermediate_size"sv,
                                                "decoder_sparse_step"sv, "mlp_only_layers"sv};

constexpr auto plain = joined(widths, grouped);
constexpr auto with_bias = joined(widths, grouped, biased);
constexpr std::string_view mlp_bias[] = {"mlp_bias"sv};
constexpr auto of_llama = joined(widths, grouped, biased, mlp_bias);
constexpr auto of_mixtral = joined(widths, grouped, of_experts);
constexpr auto of_gpt_oss = joined(widths, grouped, biased, of_experts);
constexpr std::string_view shared_of_qwen2[] = {"shared_expert_intermediate_size"sv, "qkv_bias"sv};
constexpr auto of_qwen2_moe = joined(widths, grouped, of_qwen_experts, shared_of_qwen2);
constexpr auto of_qwen3_moe = joined(widths, grouped, biased, of_qwen_experts);
constexpr std::string_view latent[] = {
    "kv_lora_rank"sv,     "q_lora_rank"sv,      "qk_rope_head_dim"sv,    "qk_nope_head_dim"sv,      "v_head_dim"sv,
    "n_routed_experts"sv, "n_shared_experts"sv, "num_experts_per_tok"sv, "moe_intermediate_size"sv, "first_k_dense_replace"sv,
    "moe_layer_freq"sv,   "topk_method"sv,
};
constexpr auto of_deepseek = joined(widths, biased, latent);
constexpr std::string_view of_gpt2[] = {"n_embd"sv, "n_layer"sv, "n_head"sv, "n_positions"sv, "n_inner"sv, "add_cross_attention"sv};
constexpr auto of_gpt_neox = joined(widths, biased);
constexpr std::string_view switches_of_stablelm[] = {"num_key_value_heads"sv, "use_qkv_bias"sv, "qk_layernorm"sv,
                                                     "use_parallel_residual"sv};
constexpr auto of_stablelm = joined(widths, switches_of_stablelm);
constexpr std::string_view qk_norm[] = {"use_qk_norm"sv};
constexpr auto of_cohere = joined(widths, grouped, biased, qk_norm);
constexpr std::string_view of_falcon[] = {
    "hidden_size"sv,
    "num_hidden_layers"sv,
    "num_attention_heads"sv,
    "new_decoder_architecture"sv,
    "multi_query"sv,
    "parallel_attn"sv,
    "bias"sv,
    "num_kv_heads"sv,
    "n_head_kv"sv,
    "ffn_hidden_size"sv,
    "num_ln_in_parallel_attn"sv,
};

// What names of their keys look like, and are not: factors, indices, and how experts are chosen.
constexpr std::string_view no_rope[] = {"no_rope_layers"sv, "no_rope_layer_interval"sv};
constexpr std::string_view of_granite[] = {"embedding_multiplier"sv};
constexpr std::string_view choice_of_deepseek[] = {
    "n_group"sv,       "topk_group"sv, "ep_size"sv, "num_key_value_heads"sv, "head_dim"sv, "qk_head_dim"sv, "num_nextn_predict_layers"sv,
    "norm_topk_prob"sv};
constexpr std::string_view norms_of_qwen[] = {"use_qk_norm"sv};
constexpr std::string_view copy_of_used[] = {"experts_per_token"sv};
constexpr std::string_view scale_of_gpt2[] = {"n_ctx"sv, "scale_attn_by_inverse_layer_idx"sv};
constexpr std::string_view parallel_of_neox[] = {"use_parallel_residual"sv};
constexpr std::string_view layout_of_cohere[] = {"use_parallel_embedding"sv, "use_parallel_block"sv, "use_embedding_sharing"sv,
                                                 "use_gated_activation"sv,   "layer_switch"sv,       "order_of_interleaved_layers"sv,
                                                 "position_embedding_type"sv};
constexpr std::string_view norm_of_falcon[] = {"apply_residual_connection_post_layernorm"sv};

template <std::size_t N>
constexpr std::array<class_default, N> defaults(class_default const (&list)[N]) {
  std::array<class_default, N> all{};
  std::copy(std::begin(list), std::end(list), all.begin());
  return all;
}
constexpr auto default_llama = defaults({{"hidden_size"sv, 4096},
                                         {"intermediate_size"sv, 11008},
                                         {"num_hidden_layers"sv, 32},
                                         {"num_attention_heads"sv, 32},
                                         {"vocab_size"sv, 32000}});
constexpr auto default_mistral = defaults({{"hidden_size"sv, 4096},
                                           {"intermediate_size"sv, 14336},
                                           {"num_hidden_layers"sv, 32},
                                           {"num_attention_heads"sv, 32},
                                           {"num_key_value_heads"sv, 8},
                                           {"vocab_size"sv, 32000}});
constexpr auto default_qwen2 = defaults({{"hidden_size"sv, 4096},
                                         {"intermediate_size"sv, 22016},
                                         {"num_hidden_layers"sv, 32},
                                         {"num_attention_heads"sv, 32},
                                         {"num_key_value_heads"sv, 32},
                                         {"vocab_size"sv, 151936}});
constexpr auto default_gemma = defaults({{"hidden_size"sv, 3072},
                                         {"intermediate_size"sv, 24576},
                                         {"num_hidden_layers"sv, 28},
                                         {"num_attention_heads"sv, 16},
                                         {"num_key_value_heads"sv, 16},
                                         {"vocab_size"sv, 256000}});
constexpr auto default_gemma2 = defaults({{"hidden_size"sv, 2304},
                                          {"intermediate_size"sv, 9216},
                                          {"num_hidden_layers"sv, 26},
                                          {"num_attention_heads"sv, 8},
                                          {"num_key_value_heads"sv, 4},
                                          {"vocab_size"sv, 256000}});
constexpr auto default_gemma3 = defaults({{"hidden_size"sv, 2304},
                                          {"intermediate_size"sv, 9216},
                                          {"num_hidden_layers"sv, 26},
                                          {"num_attention_heads"sv, 8},
                                          {"num_key_value_heads"sv, 4},
                                          {"vocab_size"sv, 262208}});
constexpr auto default_phi3 = defaults({{"hidden_size"sv, 3072},
                                        {"intermediate_size"sv, 8192},
                                        {"num_hidden_layers"sv, 32},
                                        {"num_attention_heads"sv, 32},
                                        {"vocab_size"sv, 32064}});

constexpr family families[] = {
    {"llama"sv, "LlamaForCausalLM"sv, of_llama, {}, default_llama, build_llama},
    {"mistral"sv, "MistralForCausalLM"sv, plain, {}, default_mistral, build_mistral},
    {"ministral"sv, "MinistralForCausalLM"sv, plain, {}, default_mistral, build_mistral},
    {"ministral3"sv, "Ministral3ForCausalLM"sv, plain, {}, {}, build_mistral},
    {"mixtral"sv, "MixtralForCausalLM"sv, of_mixtral, {}, {}, build_mixtral},
    {"qwen2"sv, "Qwen2ForCausalLM"sv, plain, {}, default_qwen2, build_qwen2},
    {"qwen3"sv, "Qwen3ForCausalLM"sv, with_bias, {}, default_qwen2, build_qwen3},
    {"qwen2_moe"sv, "Qwen2MoeForCausalLM"sv, of_qwen2_moe, {}, {}, build_qwen2_moe},
    {"qwen3_moe"sv, "Qwen3MoeForCausalLM"sv, of_qwen3_moe, norms_of_qwen, {}, build_qwen3_moe},
    {"gemma"sv, "GemmaForCausalLM"sv, with_bias, {}, default_gemma, build_gemma},
    {"gemma2"sv, "Gemma2ForCausalLM"sv, with_bias, {}, default_gemma2, build_gemma2},
    {"gemma3_text"sv, "Gemma3ForCausalLM"sv, with_bias, {}, default_gemma3, build_gemma3},
    {"phi3"sv, "Phi3ForCausalLM"sv, plain, {}, default_phi3, build_phi3},
    {"deepseek_v2"sv, "DeepseekV2ForCausalLM"sv, of_deepseek, choice_of_deepseek, {}, build_deepseek_v2},
    {"deepseek_v3"sv, "DeepseekV3ForCausalLM"sv, of_deepseek, choice_of_deepseek, {}, build_deepseek_v3},
    {"gpt_oss"sv, "GptOssForCausalLM"sv, of_gpt_oss, copy_of_used, {}, build_gpt_oss},
    {"gpt2"sv, "GPT2LMHeadModel"sv, of_gpt2, scale_of_gpt2, {}, build_gpt2},
    {"gpt_neox"sv, "GPTNeoXForCausalLM"sv, of_gpt_neox, parallel_of_neox, {}, build_gpt_neox},
    {"olmo"sv, "OlmoForCausalLM"sv, with_bias, {}, {}, build_olmo},
    {"olmo2"sv, "Olmo2ForCausalLM"sv, with_bias, {}, {}, build_olmo2},
    {"olmo3"sv, "Olmo3ForCausalLM"sv, with_bias, {}, {}, build_olmo2},
    {"smollm3"sv, "SmolLM3ForCausalLM"sv, of_llama, no_rope, {}, build_smollm3},
    {"granite"sv, "GraniteForCausalLM"sv, of_llama, of_granite, default_llama, build_llama},
    {"stablelm"sv, "StableLmForCausalLM"sv, of_stablelm, {}, {}, build_stablelm},
    {"cohere"sv, "CohereForCausalLM"sv, of_cohere, layout_of_cohere, {}, build_cohere},
    {"cohere2"sv, "Cohere2ForCausalLM"sv, with_bias, layout_of_cohere, {}, build_cohere2},
    {"falcon"sv, "FalconForCausalLM"sv, of_falcon, norm_of_falcon, {}, build_falcon},
};

/// Model types with the code of another family: Kimi K2's, and text models inside multi-modal ones.
struct other_name {
  std::string_view model_type, same_as;
};
constexpr other_name other_names[] = {
    {"kimi_k2"sv, "deepseek_v3"sv},
    {"qwen2_vl_text"sv, "qwen2"sv},
    {"qwen2_5_vl_text"sv, "qwen2"sv},
    {"qwen3_vl_text"sv, "qwen3"sv},
};

/// The part of a name that tells families apart.
std::string_view stem_of(std::string_view name) {
  for (std::string_view const end : {"ForCausalLM"sv, "ForConditionalGeneration"sv, "LMHeadModel"sv, "_text"sv, "Model"sv})
    if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
  return name;
}

bool is_same_name(std::string_view a, std::string_view b) {
  auto const small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

family const* family_called(std::string_view name, std::string_view family::* by) {
  auto const same = [&](family const& f) { return is_same_name(name, f.*by); };
  auto const found = std::find_if(std::begin(families), std::end(families), same);
  return found == std::end(families) ? nullptr : &*found;
}

[[noreturn]] void refuse_family(json_value const& value, std::string_view family::* by) {
  std::string_view const name = value.text();
  commfold::detail::nearest_names nearest(stem_of(name));
  for (family const& f : families) nearest.consider(f.*by, stem_of(f.*by));
  value.refuse("the architecture '" + shortened(name) + "' is not known; the nearest that is known is " + std::string(nearest[0]));
}

}  // namespace

std::span<family const> known_families() noexcept { return families; }

std::vector<std::string_view> keys_of(family const& of) {
  std::vector<std::string_view> keys(std::begin(everywhere), std::end(everywhere));
  keys.insert(keys.end(), of.reads.begin(), of.reads.end());
  return keys;
}

family const& family_with_architecture(json_value const& name) {
  if (family const* const found = family_called(name.text(), &family::architecture)) return *found;
  refuse_family(name, &family::architecture);
}

bool is_type_of(family const& of, std::string_view type) {
  for (other_name const& other : other_names)
    if (is_same_name(type, other.model_type)) type = other.same_as;
  return is_same_name(type, of.model_type);
}

family const& family_with_type(json_value const& name) {
  for (family const& f : families)
    if (is_type_of(f, name.text())) return f;
  refuse_family(name, &family::model_type);
}

}  // namespace commfold::io
