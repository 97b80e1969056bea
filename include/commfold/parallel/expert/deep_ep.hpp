// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/expert/deep_ep.hpp
/// What a token is on its way under DeepEP, to the byte: its elements, and what the kernels send with them.

#include <commfold/error.hpp>
#include <commfold/parallel/expert/exchange.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>

namespace commfold::parallel::expert {

/// deep_ep_shapes(of, k): what DeepEP's kernels between nodes send of a token with h elements of b bytes, for k experts, as bytes
/// (`uint8`):
///
///     dispatch           h * b + s + 8 + 4 * k + 4 * k   elements, scales, 8 bytes on the sender, numbers and weights of experts
///     combine            h * 2 + 8
///     combine_backward   h * b + s + 8                   a dispatch whose routes are known
///     dispatch_backward  h * 2 + 8 + 4 * k               a combine with the gradients of the weights
///
/// each rounded up to 16 bytes. A dispatch is in bfloat16, s = 0, or float8_e4m3fn with a float32 for each 128 elements, s = 4 * h / 128;
/// a combine in bfloat16. Before a dispatch that has no routes yet, the kernels tell each other counts, which are not among this.
/// `invalid_argument` for other dtypes, for fp8 tokens that 128 does not divide, and for elements that do not fill whole words of 16 bytes.
/// Source: `get_num_bytes_per_token` in csrc/kernels/internode.cu, and the passes in the README, of github.com/deepseek-ai/DeepEP,
/// version 1.
[[nodiscard]] constexpr token_shapes deep_ep_shapes(token_shape const& of, std::size_t top_k) {
  constexpr char const* verb = "commfold::parallel::expert::deep_ep_shapes";
  bool const is_fp8 = of.dtype == f8e4m3fn;
  if (!is_fp8 && of.dtype != bf16)
    commfold::detail::fail<invalid_argument>(verb, "DeepEP sends bfloat16 or float8_e4m3fn, not {}", name(of.dtype));
  std::size_t const block = is_fp8 ? 128 : 8;
  if (of.hidden % block != 0)
    commfold::detail::fail<invalid_argument>(verb, "DeepEP sends {} elements of {} in blocks of {}, which do not divide them", of.hidden,
                                             name(of.dtype), block);
  std::size_t const there = add(bytes_of(of.dtype, of.hidden), is_fp8 ? of.hidden / block * 4 : std::size_t{0});
  std::size_t const back = bytes_of(bf16, of.hidden), weights = multiply(std::size_t{4}, top_k);
  auto const message = [](std::size_t elements, std::size_t of_experts) {
    std::size_t const all = add(elements, std::size_t{8}, of_experts);
    return token_shape{u8, multiply(commfold::detail::ceil_div(all, 16), std::size_t{16})};
  };
  return {message(there, multiply(std::size_t{2}, weights)), message(back, 0), message(there, 0), message(back, weights)};
}

}  // namespace commfold::parallel::expert
