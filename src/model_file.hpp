// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/model_file.hpp
/// Reads a model from whatever file describes it.

#include <src/model_config.hpp>
#include <src/models/model.hpp>

#include <string>

namespace commfold::io {

/// Of a configuration; of a `.safetensors` file, or the JSON of its head alone; of an index of several such files that lie beside it. What
/// the file holds decides, not its name, but a name that ends in `.safetensors` is that of such a file. `-` is the standard input.
[[nodiscard]] model read_model(std::string const& path, config_options const& with = {});

}  // namespace commfold::io
