// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/config_keys.hpp
/// Which keys of a configuration a plan may pass over.

#include <src/json_file.hpp>

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace commfold::io {

/// Refuses a key that is not among `read` and `passed`, holds something, and may change shapes or dtypes. Those which transformers is known
/// to use for something else may be there; of others their name decides: `draft_vocab_size`, `quantization_config`, `n_shared_experts`,
/// `use_bias` are refused, `rope_theta` is not. `ignored` are keys that the user answers for.
void refuse_keys_not_planned(json_value const& config, std::span<std::string_view const> read, std::span<std::string_view const> passed,
                             std::set<std::string> const& ignored);

/// Refuses such keys of a multi-modal configuration, beside its `text_config`. Keys of the parts for pictures and sound, and of the
/// projection of these to the text's width, may be there.
void refuse_keys_beside_text(json_value const& config, std::span<std::string_view const> read, std::set<std::string> const& ignored);

/// A key that the user answers for must be in the configuration, or in that around it, and no plan may read it.
void expect_ignored_keys(json_value const& config, json_value const* around, std::span<std::string_view const> read,
                         std::set<std::string> const& ignored);

}  // namespace commfold::io
