// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/tensor_roles.hpp
/// How tensor parallelism cuts a parameter, by its name in transformers.

#include <src/models/tree.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::io {

enum class tensor_cut {
  whole,      ///< every rank has all of it: norms, routers, projections to a latent space, biases of row-wise layers
  column,     ///< a layer whose outputs are cut: queries, keys, values, gate, up
  row,        ///< a layer whose inputs are cut: the output of attention, down
  vocabulary  ///< the embedding and the head
};

struct tensor_role {
  tensor_cut cut = tensor_cut::whole;
  std::size_t dimension = 0;  ///< that is cut, unless it is whole

  bool operator==(tensor_role const&) const = default;
};

/// The part of a layer that a parameter is in.
enum class layer_part { attention, feed_forward, other };
[[nodiscard]] layer_part part_of(std::string_view name) noexcept;
/// Whether a parameter is a norm of queries or keys.
[[nodiscard]] bool is_norm_of_heads(std::string_view name) noexcept;

/// The role of a parameter of a layer, or of the part outside of layers that is called `label`. `input_error` for a matrix whose name says
/// none, and for a norm of all heads at once, which a rank with some of them cannot compute alone.
[[nodiscard]] tensor_role role_of(parameter const& p, std::string_view label);

}  // namespace commfold::io
