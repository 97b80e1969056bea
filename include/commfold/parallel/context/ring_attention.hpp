// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/context/ring_attention.hpp
/// Attention over a sequence that ranks share out: keys and values go around.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/context/attention.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::context {

/// How keys and values reach the other ranks: `set_rotate_method`.
enum class rotation : unsigned char {
  all_gather,  ///< all at once, PyTorch's default
  all_to_all   ///< to the next rank, step by step
};

struct ring_options {
  rotation rotate = rotation::all_gather;
  /// Each rank has a piece of the beginning and one of the end, so that all have as much to do under a causal mask. It changes no call, but
  /// there are 2 P pieces. Skipping what the mask hides changes no call either.
  bool load_balance = true;
};

/// Ring attention over P ranks. With n = batch * key_value_heads * tokens / P * (width + value_width) elements of a dtype of b bytes, the
/// keys and values of a rank side by side:
///
///     forward   rotation::all_gather  one `all_gather_into_tensor` of n, P * n * b bytes
///               rotation::all_to_all  P - 1 `all_to_all_single` of n, each to rank + 1 and from rank - 1
///     backward  keys and values as in the forward, and P `all_to_all_single` of their gradients, n in float32, whatever the rotation: each
///               step but the last one brings the keys and values first
///
/// A layer that is checkpointed makes the calls of its forward again at the beginning of its backward. FSDP2 shards the model over the
/// ranks of data and context parallelism together, one group of both. Over a group of one rank the
/// gradients are still sent, to the rank itself, and nothing else is: PyTorch's loop does not ask. `invalid_argument` where the pieces do
/// not divide the tokens and for a rank outside the axis. Source: Liu, Zaharia, Abbeel 2023 (arXiv 2310.01889);
/// torch/distributed/tensor/experimental/_context_parallel/_attention.py, 2.14; held against PyTorch in
/// tests/runtime/parallel/context_rows_test.cpp.
template <class Axis>
class ring_attention {
 public:
  /// `rank`: of the axis, since the splits of its all-to-alls are its own.
  constexpr ring_attention(attention const& of, Axis const& axis, std::size_t rank, ring_options const& with = {})
      : axis_(axis), rank_(rank), with_(with), keys_and_values_(keys_and_values_of(of, axis, rank, with)) {}

  // Here and below no generic lambda captures `this`: clang 19 does not accept it in a constant expression.
  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    over_several(axis_, [&comm, &mine = keys_and_values_, rank = rank_, by = with_.rotate](auto const& group) {
      if (by == rotation::all_gather)
        gather(comm, mine, group);
      else
        comm.repeat(group.size - 1, [&] { rotate(comm, mine, rank, group); });
    });
  }

  template <communicator Comm>
  constexpr void backward(Comm& comm) const {
    over(axis_, [&comm, &mine = keys_and_values_, rank = rank_, by = with_.rotate](auto const& group) {
      flat_buffer const gradients{f32, mine.elements};
      if (by == rotation::all_gather && group.size != 1) gather(comm, mine, group);
      comm.repeat(group.size - 1, [&] {
        if (by == rotation::all_to_all) rotate(comm, mine, rank, group);
        rotate(comm, gradients, rank, group);
      });
      // After the last step the gradients are complete, on the rank behind the one whose keys and values they are of.
      rotate(comm, gradients, rank, group);
    });
  }

 private:
  static constexpr flat_buffer keys_and_values_of(attention const& of, Axis const& axis, std::size_t rank, ring_options const& with) {
    constexpr char const* verb = "commfold::parallel::context::ring_attention";
    if (rank >= parallel::ranks(axis))
      commfold::detail::fail<invalid_argument>(verb, "rank {} is not one of the {} ranks of the axis", rank, parallel::ranks(axis));
    std::size_t const tokens = detail::tokens_of_rank(of, axis, with.load_balance && parallel::ranks(axis) != 1 ? 2 : 1, verb);
    return {of.dtype, multiply(of.batch, of.key_value_heads, tokens, add(of.width, of.value_width))};
  }
  template <class Comm, class Group>
  static constexpr void gather(Comm& comm, flat_buffer const& all, Group const& group) {
    comm.funcol().all_gather_single(all, 0, group);
  }
  template <class Comm, class Group>
  static constexpr void rotate(Comm& comm, flat_buffer const& all, std::size_t rank, Group const& group) {
    std::size_t const ranks = group.size, next = (rank + 1) % ranks, before = (rank + ranks - 1) % ranks;
    std::vector<std::size_t> to(ranks, 0), from(ranks, 0);
    to[next] = all.elements;
    from[before] = all.elements;
    comm.funcol().all_to_all_single(all, from, to, group);
  }

  Axis axis_;
  std::size_t rank_;
  ring_options with_;
  flat_buffer keys_and_values_;
};

template <class Axis>
ring_attention(attention const&, Axis const&, std::size_t, ring_options const& = {}) -> ring_attention<Axis>;

/// `context_parallel_unshard` of one buffer, of which a rank has its part of the sequence: one `all_gather_into_tensor` of it. Sharding
/// buffers makes no call.
template <communicator Comm, tensor_like T, size_like Dim, class Axis>
constexpr void unshard(Comm& comm, T const& buffer, Dim const& sequence_dim, Axis const& axis) {
  over_several(axis, [&](auto const& group) { comm.funcol().all_gather_single(buffer, sequence_dim, group); });
}

}  // namespace commfold::parallel::context
