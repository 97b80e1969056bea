// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/held_model.hpp
/// What one rank holds of a model when its matrices, its experts and its layers are shared out, before data parallelism shards the rest.

#include <src/models/model.hpp>

#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace commfold::io {

/// A parameter of one rank.
struct held_parameter {
  std::string name;
  commfold::dtype dtype{};
  std::vector<std::size_t> shape;  ///< the rank's part
  std::size_t copies = 1;          ///< of experts that are parameters of their own
  bool trainable = true;
  bool expert = false;  ///< of a routed expert
  bool cut = false;     ///< over the ranks of tp

  bool operator==(held_parameter const&) const = default;
};

/// Linear layers that read the same activations, or different ones: the widths of the inputs of those whose outputs are cut.
struct held_module {
  std::string label;
  std::vector<held_parameter> parameters;
  std::optional<io::heads> heads;             ///< of the whole layer
  std::vector<std::size_t> attention_inputs;  ///< of its column-wise layers, under tensor parallelism
  std::vector<std::size_t> feed_forward_inputs;
  std::size_t key_value_columns = 0;  ///< of the whole keys, and of the whole values

  [[nodiscard]] bool has_experts() const noexcept;
};

struct held_model {
  std::vector<held_module> before, kinds, after;  ///< the embedding; the kinds of layers; the norm, the head
  std::vector<layer_run> runs;
  bool tied = false;
  std::size_t hidden = 0, vocabulary = 0;
  std::size_t experts = 0;               ///< routed experts of a layer, of the whole model
  std::optional<std::size_t> used = {};  ///< of them, by one token

  [[nodiscard]] std::size_t layers() const noexcept;
  /// The part of one of `stages` stages: layers as evenly as they go, the first stages one more; the embedding in the first and the norm
  /// and the head in the last one. `input_error` for more stages than layers, and for a tied head, which two stages would hold.
  [[nodiscard]] held_model stage(std::size_t at, std::size_t stages) const;
};

struct held_options {
  std::size_t tensor_ranks = 1, expert_ranks = 1;
  commfold::dtype dtype{};               ///< of parameters that have none of their own
  bool converts = false;                 ///< all parameters become `dtype`, as DeepSpeed's and Megatron's do
  std::optional<std::string> trainable;  ///< a regular expression (ECMAScript) for the names of parameters that get gradients
};

/// `input_error` for a dimension, heads or experts that the ranks do not divide, for what tensor parallelism does not know how to cut, for
/// a dtype that no gradient has, and for an expression that is none, that matches no parameter, or that tells the experts of one layer
/// apart.
[[nodiscard]] held_model hold(model const& of, held_options const& with);

}  // namespace commfold::io
