// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/models/families.hpp
/// The model families: by which names a configuration calls them, which keys they read, and how their tree is made.

#include <src/models/config.hpp>
#include <src/models/tree.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace commfold::io {

struct family {
  std::string_view model_type, architecture;  ///< "llama", "LlamaForCausalLM": the names of transformers
  std::span<std::string_view const> reads;    ///< the keys that decide its shapes
  std::span<std::string_view const> passes;   ///< keys whose names look so, and which decide none of them
  std::span<class_default const> defaults;    ///< of its class, for a `text_config`
  model_tree (*build)(config const&);         ///< the rules
};

/// All of them.
[[nodiscard]] std::span<family const> known_families() noexcept;

/// The keys that every family reads, and its own.
[[nodiscard]] std::vector<std::string_view> keys_of(family const& of);

/// By the name of its class, `architectures`, or by `model_type`. Refuses one that is not known, with the nearest one that is.
[[nodiscard]] family const& family_with_architecture(json_value const& name);
[[nodiscard]] family const& family_with_type(json_value const& name);

/// Whether a `model_type` is that of a family, or has its code. Names are compared without regard to case: early files have
/// `LLaMAForCausalLM`.
[[nodiscard]] bool is_type_of(family const& of, std::string_view type);

}  // namespace commfold::io
