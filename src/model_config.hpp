// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/model_config.hpp
/// The part of a Hugging Face `config.json` that decides the shapes of a decoder-only transformer.

#include <src/input_error.hpp>

#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace commfold::io {

enum class model_family { llama, mixtral };

struct model_config {
  model_family architecture = model_family::llama;
  std::size_t hidden = 0;
  std::size_t intermediate = 0;
  std::size_t layers = 0;
  std::size_t vocabulary = 0;
  std::size_t query = 0;      ///< attention heads times the width of a head
  std::size_t key_value = 0;  ///< key and value heads times the width of a head
  std::size_t experts = 0;    ///< of the Mixtral family
  bool tied = false;          ///< the output projection is the embedding
  std::optional<commfold::dtype> dtype;
  std::string without_dtype;  ///< why there is none: "config.json: the key 'torch_dtype' is missing"
};

/// What a caller answers for.
struct config_options {
  std::set<std::string> ignored_keys{};  ///< keys that are not planned and may be there all the same
};

/// Reads and checks a configuration. Three defaults are those of transformers' `LlamaConfig` and `MixtralConfig`: `num_key_value_heads` of
/// a Llama is `num_attention_heads`, `head_dim` is `hidden_size / num_attention_heads`, `tie_word_embeddings` is false. Without a dtype, or
/// where it is "auto", the result has none, and says why. `input_error` where anything else is missing or wrong, where two keys contradict
/// each other (`architectures` and `model_type`, `torch_dtype` and `dtype`), and for a key that may change shapes or dtypes and is not
/// planned (`src/config_keys.hpp`).
[[nodiscard]] model_config read_model_config(std::string const& path, config_options const& with = {});

/// A configuration that is in memory already. Messages name the path.
[[nodiscard]] model_config read_model_config(std::string path, std::string_view text, config_options const& with);

}  // namespace commfold::io
