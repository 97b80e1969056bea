// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/models/tree.hpp
/// A model as a tree of named parameters, in which layers of one shape are held once.

#include <commfold/tensor/dtype.hpp>

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace commfold::io {

/// Which of the matrices of a routed expert a parameter is. `--experts fused` joins the first two.
enum class expert_matrix { none, gate, up, down };

/// A parameter, or one for each routed expert of a layer where all have one shape.
struct parameter {
  std::string name;                ///< below its layer, as in a checkpoint: "self_attn.q_proj.weight"; "*" stands for an expert's index
  std::vector<std::size_t> shape;  ///< PyTorch's
  std::size_t copies = 1;          ///< how many there are: 0 … copies - 1 in the place of "*"
  std::size_t experts = 0;         ///< the routed experts that it is for, of which a token uses some; 0 where all tokens use it
  expert_matrix matrix = expert_matrix::none;
  bool buffer = false;                        ///< saved with the model and counted, but never sharded, gathered or reduced
  std::optional<commfold::dtype> dtype = {};  ///< where a file tells it of this parameter alone

  auto operator<=>(parameter const&) const = default;
};

/// The heads of a layer's attention.
struct heads {
  std::size_t query = 0;            ///< `num_attention_heads`
  std::size_t key_value = 0;        ///< `num_key_value_heads`; of latent attention as many as of queries
  std::size_t width = 0;            ///< of one head's queries and keys
  std::size_t value_width = width;  ///< of its values
};

/// Parameters that stand together: the embedding, one kind of layer, the last norm, the head.
struct module {
  std::string label;  ///< "embed", "norm", "head"; messages open with it
  std::vector<parameter> parameters;
  std::optional<io::heads> heads = {};  ///< of a layer whose family is known
};

/// So many layers of one kind after each other.
struct layer_run {
  std::size_t kind;
  std::size_t count;
};

/// The layers below one path. A thousand layers of one kind are one module and one run.
struct layer_stack {
  std::string path;  ///< "model.layers": layer 3 has the parameter "model.layers.3." + name
  std::vector<module> kinds;
  std::vector<layer_run> runs;

  /// One more layer, of a kind that is there already or not.
  void add(module layer, std::size_t count = 1);
  [[nodiscard]] std::size_t layers() const noexcept;
};

struct model_tree {
  std::vector<module> outside;  ///< what is in no layer, in the order of use: the embedding, the norm, the head; their names are whole
  std::vector<layer_stack> stacks;
  bool tied = false;                     ///< the output projection is the embedding, which is held once
  std::size_t experts = 0;               ///< routed experts of a layer that has any
  std::optional<std::size_t> used = {};  ///< of them, by one token; empty where nothing says it

  /// Of all layers together.
  [[nodiscard]] std::size_t layers() const noexcept;
};

/// The elements of a tensor: the product of its extents. `overflow_error` where that does not fit.
[[nodiscard]] std::size_t elements_of(std::vector<std::size_t> const& shape);

/// elements(p) = copies · numel(shape)
[[nodiscard]] std::size_t elements_of(parameter const& p);

/// What a model holds, as it is published: every parameter once, a tied head not at all. `overflow_error` where a number does not fit.
struct parameter_counts {
  std::size_t total = 0;
  /// What one token meets: of routed experts, those which it uses. The embedding counts in whole, as in the published numbers of Mixtral,
  /// Qwen and DeepSeek; GPT-OSS's leave it out. Empty where the number of used experts is not known.
  std::optional<std::size_t> active = 0;
  std::size_t embedding = 0;  ///< of `total`, what is in the embedding
};
[[nodiscard]] parameter_counts count_parameters(model_tree const& model);

/// The tree with the experts of each layer as two tensors, as transformers 5 holds them: the gate and up matrices, `[I, H]` each, become
/// `gate_up_proj`, `[E, 2 I, H]`, and the down matrices `down_proj`, `[E, H, I]`. Experts that a family holds in no other way stay as they
/// are.
[[nodiscard]] model_tree with_fused_experts(model_tree model);

/// Whether experts are tensors of their own in some layer, so that they can be fused.
[[nodiscard]] bool has_separate_experts(model_tree const& model);

}  // namespace commfold::io
