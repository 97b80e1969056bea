// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/context/ulysses.hpp
/// Attention over a sequence that ranks share out: each rank gets all tokens of some heads.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/context/attention.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::context {

/// DeepSpeed-Ulysses over P ranks. An `all_to_all_single` brings [P, batch, heads / P, tokens / P, width] from the shares of tokens to the
/// shares of heads, or back, in P equal parts: of queries, keys, values before the attention and of its output after it. With
/// m = batch * tokens / P * b bytes:
///
///     forward   queries m * heads * width, keys m * key_value_heads * width, values m * key_value_heads * value_width,
///               output m * heads * value_width
///     backward  the gradients of output, values, keys, queries, of the same sizes
///
/// A layer that is checkpointed makes the calls of its forward again. Over an axis of one rank there are none. `invalid_argument` where the
/// ranks do not divide the tokens, the heads, or the heads of keys and values. Source: Jacobs et al. 2023 (arXiv 2309.14509); held against
/// a step of PyTorch that is written by hand in tests/runtime/parallel/context_rows_test.cpp.
template <class Axis>
class ulysses_attention {
 public:
  constexpr ulysses_attention(attention const& of, Axis const& axis) : of_(of), axis_(axis) {
    constexpr char const* verb = "commfold::parallel::context::ulysses_attention";
    tokens_ = detail::tokens_of_rank(of, axis, 1, verb);
    std::size_t const ranks = parallel::ranks(axis);
    for (std::size_t const heads : {of.heads, of.key_value_heads})
      if (heads % ranks != 0)
        commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} heads, of which each rank gets some", ranks, heads);
  }

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    exchange(comm, of_.heads, of_.width);
    exchange(comm, of_.key_value_heads, of_.width);
    exchange(comm, of_.key_value_heads, of_.value_width);
    exchange(comm, of_.heads, of_.value_width);
  }
  template <communicator Comm>
  constexpr void backward(Comm& comm) const {
    exchange(comm, of_.heads, of_.value_width);
    exchange(comm, of_.key_value_heads, of_.value_width);
    exchange(comm, of_.key_value_heads, of_.width);
    exchange(comm, of_.heads, of_.width);
  }

 private:
  template <class Comm>
  constexpr void exchange(Comm& comm, std::size_t heads, std::size_t width) const {
    // The generic lambda captures no `this`: with it clang 19 does not accept it in a constant expression.
    over_several(axis_, [&comm, &of = of_, tokens = tokens_, heads, width](auto const& group) {
      std::size_t const ranks = group.size;
      dynamic_tensor const part(of.dtype, {ranks, of.batch, heads / ranks, tokens, width});
      std::vector<std::size_t> const ones(ranks, 1);
      comm.funcol().all_to_all_single(part, ones, ones, group);
    });
  }

  attention of_;
  Axis axis_;
  std::size_t tokens_ = 0;
};

template <class Axis>
ulysses_attention(attention const&, Axis const&) -> ulysses_attention<Axis>;

}  // namespace commfold::parallel::context
