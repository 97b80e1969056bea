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

/// Refuses a key that is not among `read`, holds something, and may change shapes or dtypes. Those which transformers is known to use for
/// something else may be there; of others their name decides: `draft_vocab_size`, `quantization_config`, `n_shared_experts`, `use_bias` are
/// refused, `rope_theta` is not. `ignored` are keys that the user answers for; `input_error` where the file has no such key.
void refuse_keys_not_planned(json_value const& config, std::span<std::string_view const> read, std::set<std::string> const& ignored);

}  // namespace commfold::io
