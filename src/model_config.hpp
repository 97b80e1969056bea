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

/// Reads and checks a configuration. Where transformers' `LlamaConfig` and `MixtralConfig` have a default that depends on nothing but the
/// file, it holds here: `num_key_value_heads` of a Llama are its attention heads, `head_dim` is `hidden_size / num_attention_heads`,
/// `tie_word_embeddings` is false. Everything else must be there. `input_error` otherwise.
[[nodiscard]] model_config read_model_config(std::string const& path);

}  // namespace commfold::io
