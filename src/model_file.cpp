// SPDX-License-Identifier: BSL-1.0
#include <src/model_file.hpp>

#include <src/input.hpp>
#include <src/json_file.hpp>
#include <src/safetensors.hpp>

#include <vector>

namespace commfold::io {

namespace {

/// No key of a checkpoint is passed over, so that none can be ignored.
model checkpoint(std::string const& path, std::vector<saved_tensor> const& tensors, config_options const& with) {
  if (!with.ignored_keys.empty()) throw input_error(path, "--ignore-key: only a configuration has keys");
  return model_of_tensors(path, tensors);
}

}  // namespace

model read_model(std::string const& path, config_options const& with) {
  // A checkpoint may be larger than memory: of a file that is called one, the head alone is read.
  if (path.ends_with(".safetensors")) return checkpoint(path, read_safetensors(path), with);
  std::string const contents = contents_of(path);
  if (is_safetensors(contents)) return checkpoint(path, read_safetensors(path, contents), with);
  json_file const file(path, contents);
  switch (kind_of(file.root())) {
    case model_file_kind::safetensors_head:
      return checkpoint(path, read_safetensors_head(file), with);
    case model_file_kind::safetensors_index:
      return checkpoint(path, read_indexed(path, file), with);
    default:
      return read_model_config(file, with);
  }
}

}  // namespace commfold::io
