// SPDX-License-Identifier: BSL-1.0
// A Hugging Face configuration: its defaults, and refusals to the character. tests/tools has the refusals as the shell meets them.
#include <src/model_config.hpp>

#include <tests/support/shell.hpp>

#include <commfold/tensor/dtype.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

constexpr std::string_view llama = R"({
  "model_type": "llama",
  "hidden_size": 512,
  "intermediate_size": 1408,
  "num_hidden_layers": 2,
  "vocab_size": 32000,
  "num_attention_heads": 8
})";

std::string file() { return (shell::scratch() / "model.json").string(); }

/// The configuration above with one line in the place of another.
std::string with(std::string_view line, std::string_view instead) {
  std::string text(llama);
  return text.replace(text.find(line), line.size(), instead);
}
std::string with_last(std::string_view line) { return with("8\n}", "8,\n  " + std::string(line) + "\n}"); }

io::model read(std::string const& text) { return io::read_model_config(shell::saved("model.json", text)); }

/// The rows of a layer's parameter, of the first kind of layer.
std::size_t rows(io::model const& m, std::string_view name) {
  for (io::parameter const& p : m.tree.stacks.at(0).kinds.at(0).parameters)
    if (p.name == name) return p.shape.at(0);
  return 0;
}
std::size_t queries(io::model const& m) { return rows(m, "self_attn.q_proj.weight"); }
std::size_t keys(io::model const& m) { return rows(m, "self_attn.k_proj.weight"); }
std::size_t hidden(io::model const& m) { return rows(m, "input_layernorm.weight"); }

std::string refusal_of(std::string const& text) {
  try {
    (void)read(text);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST_CASE("config: what a file leaves out is as in transformers", "[config]") {
  io::model const m = read(std::string(llama));
  CHECK(queries(m) == 512);
  CHECK(keys(m) == 512);
  CHECK_FALSE(m.tree.tied);
  CHECK_FALSE(m.dtype);
  io::model const grouped =
      read(with_last(R"("num_key_value_heads": 2, "head_dim": 128, "tie_word_embeddings": true, "dtype": "float32")"));
  CHECK(queries(grouped) == 1024);
  CHECK(keys(grouped) == 256);
  CHECK(grouped.tree.tied);
  CHECK(grouped.dtype == cf::f32);
}

TEST_CASE("config: a key that is null is not given", "[config]") {
  CHECK(keys(read(with_last(R"("num_key_value_heads": null, "head_dim": null, "torch_dtype": null, "dtype": "float16")"))) == 512);
  CHECK(refusal_of(with("512", "null")) == file() + ":1:1: the key 'hidden_size' is missing");
}

TEST_CASE("config: what is refused is told with its place", "[config]") {
  CHECK(refusal_of(with("512", "-512")) == file() + ":3:18: key 'hidden_size' must be positive, and is -512");
  CHECK(refusal_of(with("512", "512.5")) == file() + ":3:18: key 'hidden_size' must be an integer, and is 512.5");
  CHECK(refusal_of(with("512", "Infinity")) == file() + ":3:18: key 'hidden_size' must be an integer, and is Infinity");
  CHECK(refusal_of(with("512", "1e3")) == file() + ":3:18: key 'hidden_size' must be an integer, and is 1e3");
  CHECK(refusal_of(with("512", "true")) == file() + ":3:18: key 'hidden_size' must be an integer, and is true");
  CHECK(refusal_of(with("512", "1099511627777")) ==
        file() + ":3:18: key 'hidden_size' must be at most 1099511627776, and is 1099511627777");
  CHECK(refusal_of(with("512", "18446744073709551616")) ==
        file() + ":3:18: key 'hidden_size' must be at most 1099511627776, and is 18446744073709551616");
  CHECK(refusal_of(with("512", std::string(100, '9'))) ==
        file() + ":3:18: key 'hidden_size' must be at most 1099511627776, and is " + std::string(37, '9') + "...");
  CHECK(refusal_of(with("512", "-" + std::string(100, '9'))) ==
        file() + ":3:18: key 'hidden_size' must be positive, and is -" + std::string(36, '9') + "...");
  CHECK(refusal_of(with("8\n", "7\n")) == file() + ":7:26: key 'num_attention_heads' 7 does not divide hidden_size 512");
  CHECK(refusal_of(with("8\n", "1099511627776,\n  \"head_dim\": 1099511627776\n")) ==
        file() + ":8:15: key 'head_dim' 1099511627776 times num_attention_heads 1099511627776 overflows the largest extent, 1099511627776");
  CHECK(refusal_of(with("8\n", "8589934592,\n  \"head_dim\": 2147483649\n")) ==
        file() + ":8:15: key 'head_dim' 2147483649 times num_attention_heads 8589934592 overflows the largest extent, 1099511627776");
  CHECK(refusal_of(with("\"llama\"", "\"gpt3\"")) ==
        file() + ":2:17: the architecture 'gpt3' is not known; the nearest that is known is gpt2");
  CHECK(refusal_of(with("llama", std::string(1'000, 'x'))).find("'" + std::string(37, 'x') + "...' is not known") != std::string::npos);
  CHECK(refusal_of(with_last(R"("architectures": [])")) == file() + ":8:20: key 'architectures' must hold one name, and holds 0");
  CHECK(refusal_of(with_last(R"("architectures": [7])")) == file() + ":8:21: must be a string, and is 7");
  CHECK(refusal_of(with_last(R"("dtype": 16)")) == file() + ":8:12: 'dtype' must be a string, and is 16");
  CHECK(refusal_of(with_last(R"("dtype": "bf61")"))
            .starts_with(file() + ":8:12: key 'dtype' is no dtype: no dtype is called 'bf61'; did you mean "));
}

TEST_CASE("config: other spellings of what is right", "[config]") {
  CHECK(hidden(read(with("512", "512.0"))) == 512);
  CHECK(hidden(read(with_last(R"("architectures": ["LLaMAForCausalLM"])"))) == 512);
  CHECK(hidden(read(with("\"llama\"", "\"Llama\""))) == 512);
  CHECK(read(with_last(R"("torch_dtype": "torch.bfloat16")")).dtype == cf::bf16);
  CHECK(read(with_last(R"("torch_dtype": "fp16")")).dtype == cf::f16);
  CHECK(read(with_last(R"("torch_dtype": "fp32", "dtype": "float32")")).dtype == cf::f32);
  CHECK(hidden(read(with_last(R"("time_step_limit": [0.0, Infinity], "x": NaN)"))) == 512);
}

TEST_CASE("config: what has no dtype says why", "[config]") {
  CHECK(read(std::string(llama)).without_dtype == file() + ":1:1: key 'torch_dtype' is missing");
  io::model const automatic = read(with_last(R"("torch_dtype": "auto")"));
  CHECK_FALSE(automatic.dtype);
  CHECK(automatic.without_dtype == file() + ":8:18: key 'torch_dtype' is \"auto\"");
  CHECK(read(with_last(R"("torch_dtype": "auto", "dtype": "float32")")).dtype == cf::f32);
}

TEST_CASE("config: keys that contradict each other are refused", "[config]") {
  CHECK(refusal_of(with("\"llama\"", "\"mixtral\",\n  \"architectures\": [\"LlamaForCausalLM\"]")) ==
        file() + ":2:17: key 'model_type' is 'mixtral', but 'architectures' holds LlamaForCausalLM: the two disagree");
  CHECK(refusal_of(with("\"llama\"", "\"llama4\",\n  \"architectures\": [\"LlamaForCausalLM\"]")).find("the two disagree") !=
        std::string::npos);
  CHECK(refusal_of(with_last(R"("architectures": ["MixtralForCausalLM"])")).find("the two disagree") != std::string::npos);
  CHECK(refusal_of(with_last(R"("architectures": ["Qwen4ForCausalLM"])")).find("'Qwen4ForCausalLM' is not known") != std::string::npos);
  CHECK(refusal_of(with_last(R"("torch_dtype": "bfloat16", "dtype": "float32")")) ==
        file() + ":8:39: key 'dtype' is \"float32\", but 'torch_dtype' is \"bfloat16\": the two disagree");
  CHECK(refusal_of(with("\"llama\"", "\"mixtral\",\n  \"num_key_value_heads\": 8, \"num_local_experts\": 2, \"num_experts_per_tok\": 4")) ==
        file() + ":3:76: key 'num_experts_per_tok' is 4, but 'num_local_experts' is 2");
}

TEST_CASE("config: a key that may change shapes or dtypes and is not planned is refused by its name", "[config]") {
  // Of the configurations of other families, and of tools that make one model from another.
  auto const [key, value] =
      GENERATE(std::pair{"draft_vocab_size", "8000"}, std::pair{"quantization_config", "{\"load_in_4bit\": true}"},
               std::pair{"compression_config", "{\"bits\": 4}"}, std::pair{"load_in_8bit", "true"}, std::pair{"kv_lora_rank", "512"},
               std::pair{"q_lora_rank", "1536"}, std::pair{"qk_nope_head_dim", "128"}, std::pair{"qk_rope_head_dim", "64"},
               std::pair{"v_head_dim", "128"}, std::pair{"n_routed_experts", "64"}, std::pair{"n_shared_experts", "2"},
               std::pair{"num_local_experts", "8"}, std::pair{"num_experts_per_tok", "2"}, std::pair{"moe_intermediate_size", "1408"},
               std::pair{"shared_expert_intermediate_size", "5632"}, std::pair{"first_k_dense_replace", "1"},
               std::pair{"num_nextn_predict_layers", "1"}, std::pair{"decoder_sparse_step", "1"}, std::pair{"mlp_only_layers", "[1]"},
               std::pair{"attention_out_bias", "true"}, std::pair{"qkv_bias", "true"}, std::pair{"use_bias", "true"},
               std::pair{"use_qk_norm", "true"}, std::pair{"qk_layernorm", "true"}, std::pair{"ffn_dim_multiplier", "1.3"},
               std::pair{"mlp_ratio", "4.0"}, std::pair{"n_inner", "2048"}, std::pair{"n_positions", "1024"}, std::pair{"n_embd", "768"},
               std::pair{"d_model", "512"}, std::pair{"d_ff", "2048"}, std::pair{"d_kv", "64"}, std::pair{"multi_query", "true"},
               std::pair{"num_kv_heads", "2"}, std::pair{"new_decoder_architecture", "true"}, std::pair{"type_vocab_size", "2"},
               std::pair{"word_embed_proj_dim", "512"}, std::pair{"hidden_size_per_layer_input", "256"},
               std::pair{"vocab_size_per_layer_input", "262144"}, std::pair{"pruned_heads", "{\"0\": [1]}"},
               std::pair{"cross_attention_hidden_size", "512"}, std::pair{"is_encoder_decoder", "true"},
               std::pair{"vision_config", "{\"a\": 1}"}, std::pair{"text_config", "{\"a\": 1}"}, std::pair{"lora_r", "8"},
               std::pair{"numHiddenLayers", "3"}, std::pair{"medusa_num_heads", "4"});
  CHECK(refusal_of(with_last("\"" + std::string(key) + "\": " + value)) ==
        file() + ":8:3: the key '" + key + "' is not planned and may change shapes or dtypes; if it does not, give --ignore-key");
  // Switched off, or left to the user, it may be there.
  CHECK(refusal_of(with_last("\"" + std::string(key) + "\": null")) == "nothing was refused");
  std::string const file = shell::saved("model.json", with_last("\"" + std::string(key) + "\": " + value));
  CHECK(hidden(io::read_model_config(file, {.ignored_keys = {key}})) == 512);
}

TEST_CASE("config: keys of real files that change no tensor are passed over", "[config]") {
  CHECK(refusal_of(
            with_last(R"("_name_or_path": "x", "attention_dropout": 0.1, "bos_token_id": 1, "eos_token_id": [2, 3], "hidden_act": "silu",
    "initializer_range": 0.02, "max_position_embeddings": 131072, "max_sequence_length": 2048, "pretraining_tp": 2, "rms_norm_eps": 1e-5,
    "rope_scaling": {"factor": 8.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"}, "rope_theta": 500000.0,
    "rope_parameters": {"rope_theta": 1e4}, "transformers_version": "4.45.0", "use_cache": true, "pad_token_id": -1, "unsloth_fixed": true,
    "transformers.js_config": {"kv_cache_dtype": {"fp16": "float16"}}, "is_llama_config": true, "sliding_window": 4096,
    "output_hidden_states": true, "is_decoder": true, "num_beams": 1, "num_labels": 2, "chunk_size_feed_forward": 2, "use_bfloat16": true,
    "auto_map": {"AutoModel": "m.M"}, "neftune_noise_alpha": 5, "tokenizer_class": "T", "id2label": {"0": "A"}, "model_max_length": 4096,
    "_flash_attn_2_enabled": true, "partial_rotary_factor": 0.5, "embd_pdrop": 0.1, "logits_scaling": 2.0, "torchscript": false,
    "rope_condense_ratio": 8, "rope_interleaved": true, "kv_cache_dtype": "fp8", "quantization_config": null, "mlp_bias": false, "attention_bias": false, "draft_vocab_size": 0)")) ==
        "nothing was refused");
}

TEST_CASE("config: a key that is to be ignored must be there, and not be read", "[config]") {
  auto const ignoring = [](std::string const& key) {
    try {
      (void)io::read_model_config("m.json", llama, {.ignored_keys = {key}});
    } catch (io::input_error const& error) {
      return std::string(error.what());
    }
    return std::string("nothing was refused");
  };
  CHECK(ignoring("draft_vocab_size") == "--ignore-key: the configuration has no key 'draft_vocab_size'");
  CHECK(ignoring("hidden_size") == "--ignore-key: 'hidden_size' is a key that a plan reads");
}

// nlohmann's own objects keep the last of them.
TEST_CASE("config: a key that is given twice is refused", "[config]") {
  CHECK(refusal_of(with_last(R"("hidden_size": 1024)")) ==
        file() + ":8:3: the key 'hidden_size' is given twice, first in line 3, column 3");
}
