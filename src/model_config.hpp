// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/model_config.hpp
/// Makes a model of a Hugging Face `config.json`, by the rules of its family (`src/models/families.hpp`).

#include <src/input_error.hpp>
#include <src/json_file.hpp>
#include <src/models/model.hpp>

#include <set>
#include <string>
#include <string_view>

namespace commfold::io {

/// What a caller answers for.
struct config_options {
  std::set<std::string> ignored_keys{};  ///< keys that are not planned and may be there all the same
};

/// Reads and checks a configuration. What it leaves out is as in transformers' class of its family where that depends on other keys or is
/// a switch (`num_key_value_heads` of a Llama is `num_attention_heads`, Gemma's head is tied); widths must be given. Of a multi-modal model
/// the `text_config` is read, for which transformers' defaults stand, too: it is written without them. Without a dtype, or where that is
/// "auto", the result has none, and says why. `input_error` for a family that is not known, with the nearest one that is; where anything is
/// missing or wrong; where two keys contradict each other (`architectures` and `model_type`, `torch_dtype` and `dtype`); and for a key that
/// may change shapes or dtypes and is not planned (`src/config_keys.hpp`).
[[nodiscard]] model read_model_config(std::string const& path, config_options const& with = {});

/// A configuration that is in memory already. Messages name the path.
[[nodiscard]] model read_model_config(std::string path, std::string_view text, config_options const& with);

[[nodiscard]] model read_model_config(json_file const& file, config_options const& with);

}  // namespace commfold::io
