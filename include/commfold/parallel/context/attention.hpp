// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/context/attention.hpp
/// The activations of one attention, as context parallelism shares them out.

#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>

namespace commfold::parallel::context {

/// Queries of `batch * heads * tokens * width` elements, keys of `batch * key_value_heads * tokens * width`, and values, for which
/// `value_width` takes the place of the width, as in DeepSeek's attention. `tokens` are those of the whole sequences. Where keys and values
/// are repeated for all heads before the attention, as PyTorch's kernels want them, `key_value_heads` is `heads`.
struct attention {
  commfold::dtype dtype = bf16;
  std::size_t batch = 1;
  std::size_t heads = 1;
  std::size_t key_value_heads = heads;
  std::size_t tokens = 1;
  std::size_t width = 1;
  std::size_t value_width = width;
};

namespace detail {

/// The tokens of one of P ranks. `invalid_argument` where `parts` parts do not divide them.
template <class Axis>
constexpr std::size_t tokens_of_rank(attention const& of, Axis const& axis, std::size_t parts_of_rank, char const* verb) {
  std::size_t const ranks = parallel::ranks(axis), parts = ranks * parts_of_rank;
  if (of.tokens % parts != 0)
    commfold::detail::fail<invalid_argument>(verb, "{} tokens are cut into {} parts for {} ranks, which do not divide them", of.tokens,
                                             parts, ranks);
  return of.tokens / ranks;
}

}  // namespace detail

}  // namespace commfold::parallel::context
