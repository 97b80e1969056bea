// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/safetensors.hpp
/// The names, shapes and dtypes in checkpoints of safetensors, of whatever model: the head of a file, and the index of several.

#include <src/input_error.hpp>
#include <src/json_file.hpp>
#include <src/models/model.hpp>

#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

/// A tensor of a checkpoint.
struct saved_tensor {
  std::string name;
  commfold::dtype dtype{};
  std::vector<std::size_t> shape;
  std::size_t bytes = 0;
};

/// What stands behind the head: how far the data reach, where that is known.
struct saved_data {
  std::optional<std::size_t> bytes{};  ///< empty for a head alone
};

/// The tensors of a head, which is an object of JSON: `{"name": {"dtype": "BF16", "shape": [8, 4], "data_offsets": [0, 64]}, …}`, beside
/// them `__metadata__`. `input_error` where that is not its form, for a dtype that safetensors has not, and for offsets that are not the
/// bytes of shape and dtype, overlap, leave a hole, or reach beyond the data. Source: safetensors' README and `Metadata::validate`.
[[nodiscard]] std::vector<saved_tensor> read_safetensors_head(json_file const& head, saved_data const& behind = {});

/// Of a `.safetensors` file: 8 bytes, little endian, that are the length of the head; the head; the data, of which nothing is read. A file
/// that ends behind its head is read, too. `input_error` also for a length beyond the file, and for one above 100 MB, which safetensors
/// itself refuses.
[[nodiscard]] std::vector<saved_tensor> read_safetensors(std::string const& path);
/// Of one that is in memory already.
[[nodiscard]] std::vector<saved_tensor> read_safetensors(std::string const& path, std::string_view contents);

/// A `*.safetensors.index.json`: which tensor is in which file, and the bytes of all. It has no shapes and no dtypes.
struct safetensors_index {
  std::vector<std::string> files;  ///< each once
  struct entry {
    std::string name;
    std::size_t file;  ///< its place in `files`
  };
  std::vector<entry> tensors;
  std::optional<std::size_t> bytes;       ///< `metadata.total_size`
  std::optional<std::size_t> parameters;  ///< `metadata.total_parameters`
};
[[nodiscard]] safetensors_index read_safetensors_index(json_file const& index);

/// The tensors of all files that an index names, whose heads are read beside it. `input_error` where one of them is not there, since shapes
/// are in the files alone, and where index and files disagree about names or bytes.
[[nodiscard]] std::vector<saved_tensor> read_indexed(std::string const& path, json_file const& index);

/// What a file holds.
enum class model_file_kind { configuration, safetensors_head, safetensors_index };
[[nodiscard]] model_file_kind kind_of(json_value const& root);
/// Whether contents are those of a `.safetensors` file, and no JSON: a length below 2^56 has a byte 0.
[[nodiscard]] bool is_safetensors(std::string_view contents) noexcept;

/// Tensors as the tree of a model of unknown family. Layers are what stands below `layers`, `layer`, `h`, `blocks` or `block` and a number;
/// alike ones are held once. All else is the root: `embed` where a name says so, `head` where it is called `lm_head`, and `rest`. The dtype
/// is that which all have.
[[nodiscard]] model model_of_tensors(std::string const& path, std::vector<saved_tensor> const& tensors);

}  // namespace commfold::io
