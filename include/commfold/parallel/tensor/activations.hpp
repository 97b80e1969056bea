// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/tensor/activations.hpp
/// Activations between tensor-parallel layers, as DTensor moves them: into column-wise layers, and out of row-wise ones.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/rows/shard_dim_alltoall.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>

namespace commfold::parallel::tensor {

/// Activations of a decoder between its modules: [batch, tokens, hidden].
struct tokens {
  commfold::dtype dtype = bf16;
  std::size_t batch = 1;
  std::size_t tokens = 1;
  std::size_t hidden = 1;
};

/// How the linear layers of a module get their common input, where ranks hold parts of the sequence.
enum class module_input : unsigned char {
  prepared,   ///< `PrepareModuleInput`: gathered once for the module, and one gradient is scattered
  local,      ///< the same with `use_local_output=True`: gathered once; each layer reduces its own gradient
  each_layer  ///< no style for the module: each layer gathers, and scatters its gradient
};

/// Where DTensor's mesh is. To cut a tensor along another dimension than before, an accelerator exchanges parts; CPUs gather all of it,
/// since gloo has no such exchange. The rows that ours is held against are of a mesh of CPUs.
enum class mesh_device : unsigned char { accelerator, cpu };

/// What `parallelize_module` is told.
struct style {
  bool sequence_parallel = false;               ///< ranks hold parts of the sequence between modules (`SequenceParallel`)
  module_input input = module_input::prepared;  ///< under sequence parallelism
  bool replicated_outputs = false;              ///< row-wise layers reduce to all ranks although the sequence is sharded
  mesh_device device = mesh_device::accelerator;
};

/// The collectives of tensor parallelism over P ranks, with x = batch * tokens * hidden elements of b bytes. Without sequence parallelism
/// every rank has x; with it x / P.
///
///     enter             SP: `all_gather_into_tensor` of x / P, x * b out; otherwise nothing
///     enter_backward    SP: `reduce_scatter_tensor` of x; otherwise an `all_reduce` of x for each layer: each makes a DTensor of the input
///                       by itself, and PyTorch sums over ranks before it sums over layers, where Megatron has one call
///     leave             SP: `reduce_scatter_tensor` of x; otherwise `all_reduce` of x
///     leave_backward    SP: `all_gather_into_tensor` of x / P; otherwise nothing
///     gather_columns    `all_gather_into_tensor` of batch * tokens * ⌈columns / P⌉; its backward cuts, without a call
///     columns_to_tokens `shard_dim_alltoall` of batch * tokens * ⌈width / P⌉, and tokens_to_columns of as many; on CPUs the
///                       `all_gather_into_tensor` of these
///
/// Extents that the ranks do not divide are padded to equal parts. Over an axis of one rank there are no calls. `invalid_argument` where
/// ranks share out a sequence that they do not divide: PyTorch computes a loss of other tokens, and fails. Source:
/// torch/distributed/tensor/parallel/style.py and _collective_utils.py, 2.14; held against PyTorch in
/// tests/runtime/parallel/tensor_rows_test.cpp.
template <class Axis>
class activations {
 public:
  constexpr activations(tokens const& of, Axis const& axis, style const& with = {}) : of_(of), axis_(axis), with_(with) {
    std::size_t const ranks = parallel::ranks(axis);
    if (with.sequence_parallel && of.tokens % ranks != 0)
      commfold::detail::fail<invalid_argument>("commfold::parallel::tensor", "{} ranks do not divide a sequence of {} tokens", ranks,
                                               of.tokens);
  }

  [[nodiscard]] constexpr tokens const& shape() const { return of_; }
  [[nodiscard]] constexpr style const& how() const { return with_; }
  [[nodiscard]] constexpr Axis const& axis() const { return axis_; }
  [[nodiscard]] constexpr std::size_t ranks() const { return parallel::ranks(axis_); }

  /// Whether row-wise layers leave each rank its part of the sequence.
  [[nodiscard]] constexpr bool scatters() const { return with_.sequence_parallel && !with_.replicated_outputs; }

  /// Before column-wise layers that read one input.
  template <communicator Comm>
  constexpr void enter(Comm& comm) const {
    if (with_.sequence_parallel) gather_tokens(comm, of_.hidden);
  }
  template <communicator Comm>
  constexpr void enter_backward(Comm& comm, std::size_t layers) const {
    bool const scatters = with_.sequence_parallel && with_.input != module_input::local;
    std::size_t const calls = with_.sequence_parallel && with_.input == module_input::prepared ? 1 : layers;
    for (std::size_t i = 0; i != calls; ++i) scatters ? scatter_tokens(comm) : reduce(comm, of_.hidden);
  }

  /// Behind a row-wise layer of a block.
  template <communicator Comm>
  constexpr void leave(Comm& comm) const {
    scatters() ? scatter_tokens(comm) : reduce(comm, of_.hidden);
  }
  template <communicator Comm>
  constexpr void leave_backward(Comm& comm) const {
    enter(comm);
  }

  /// All columns of what a column-wise layer made.
  template <communicator Comm>
  constexpr void gather_columns(Comm& comm, std::size_t columns) const {
    std::size_t const mine = commfold::detail::ceil_div(columns, ranks());
    dynamic_tensor const part(of_.dtype, {of_.batch, of_.tokens, mine});
    over_several(axis_, [&comm, &part](auto const& group) { comm.funcol().all_gather_single(part, 2, group); });
  }

  /// [batch, tokens / P, width] of each rank to the whole sequence.
  template <communicator Comm>
  constexpr void gather_tokens(Comm& comm, std::size_t width) const {
    dynamic_tensor const part(of_.dtype, {of_.batch, of_.tokens / ranks(), width});
    over_several(axis_, [&comm, &part](auto const& group) { comm.funcol().all_gather_single(part, 1, group); });
  }
  /// [batch, tokens, width / P] of each rank to [batch, tokens / P, width]: DTensor's Shard(2) to Shard(1).
  template <communicator Comm>
  constexpr void columns_to_tokens(Comm& comm, std::size_t width) const {
    cut_anew(comm, {of_.dtype, {of_.batch, of_.tokens, commfold::detail::ceil_div(width, ranks())}}, 2, 1);
  }
  /// [batch, tokens / P, width] of each rank to [batch, tokens, width / P]: Shard(1) to Shard(2).
  template <communicator Comm>
  constexpr void tokens_to_columns(Comm& comm, std::size_t width) const {
    std::size_t const padded = multiply(commfold::detail::ceil_div(width, ranks()), ranks());
    cut_anew(comm, {of_.dtype, {of_.batch, of_.tokens / ranks(), padded}}, 1, 2);
  }

  /// Sums [batch, tokens, hidden] and leaves each rank its part of the sequence.
  template <communicator Comm>
  constexpr void scatter_tokens(Comm& comm) const {
    dynamic_tensor const whole(of_.dtype, {of_.batch, of_.tokens, of_.hidden});
    over_several(axis_, [&comm, &whole](auto const& group) { comm.funcol().reduce_scatter_single(whole, sum, 1, group); });
  }
  /// Sums [batch, tokens, width] on all ranks.
  template <communicator Comm>
  constexpr void reduce(Comm& comm, std::size_t width) const {
    dynamic_tensor const whole(of_.dtype, {of_.batch, of_.tokens, width});
    over_several(axis_, [&comm, &whole](auto const& group) { comm.funcol().all_reduce(whole, sum, group); });
  }

  /// Under sequence parallelism a rank has seen its own tokens alone, so that its gradient of the weight of a norm is a partial sum: an
  /// `all_reduce` of `hidden` elements for each norm. FSDP2 makes it before it reduces the unit; without FSDP2, clipping makes it, and each
  /// of Adam's three uses of a gradient makes it again.
  template <communicator Comm>
  constexpr void sum_norm_gradients(Comm& comm, std::size_t norms, commfold::dtype of_gradients) const {
    if (!with_.sequence_parallel) return;
    dynamic_tensor const gradient(of_gradients, {of_.hidden});
    over_several(axis_, [&comm, &gradient, norms](auto const& group) {
      comm.repeat(norms, [&comm, &gradient, &group] { comm.funcol().all_reduce(gradient, sum, group); });
    });
  }

 private:
  template <class Comm>
  constexpr void cut_anew(Comm& comm, dynamic_tensor const& part, std::size_t from, std::size_t to) const {
    bool const gathers = with_.device == mesh_device::cpu;
    over_several(axis_, [&comm, &part, from, to, gathers](auto const& group) {
      if (gathers)
        comm.funcol().all_gather_single(part, from, group);
      else
        comm.call(dtensor::shard_dim_alltoall, part, from, to, group);
    });
  }

  tokens of_;
  Axis axis_;
  style with_;
};

}  // namespace commfold::parallel::tensor
