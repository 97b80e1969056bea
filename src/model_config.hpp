// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/model_config.hpp
/// The part of a Hugging Face `config.json` that decides the shapes of a decoder-only transformer.

#include <src/input_error.hpp>

#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <optional>
#include <string>

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
};

/// Reads and checks a configuration. Three defaults are those of transformers' `LlamaConfig` and `MixtralConfig`: `num_key_value_heads` of
/// a Llama is `num_attention_heads`, `head_dim` is `hidden_size / num_attention_heads`, `tie_word_embeddings` is false. Without a dtype the
/// result has none. `input_error` where anything else is missing or wrong.
[[nodiscard]] model_config read_model_config(std::string const& path);

}  // namespace commfold::io
