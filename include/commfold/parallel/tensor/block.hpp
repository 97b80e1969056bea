// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/tensor/block.hpp
/// Column-wise linear layers that read one input, and a row-wise one behind them: attention, or a feed-forward, of any number of layers.

#include <commfold/comm/communicator.hpp>
#include <commfold/parallel/tensor/activations.hpp>

#include <array>
#include <cstddef>

namespace commfold::parallel::tensor {

/// What activation checkpointing computes again before the backward of what it covers.
enum class recompute : unsigned char {
  nothing,            ///< no checkpointing
  all,                ///< everything before the last reduction: PyTorch stops when it has all that was saved (`early_stop`)
  all_to_the_end,     ///< everything, the last reduction too: `early_stop=False`, as torchtitan has it
  all_but_scattered,  ///< selective: what a `reduce_scatter_tensor` made is kept, and what an `all_reduce` made is not: torchtitan's list
};

/// `ColwiseParallel` of a linear layer of the whole model: its columns, and whether every rank gets all of them
/// (`output_layouts=Replicate()`).
struct column {
  std::size_t columns = 1;
  bool gathered = false;
};

/// N column-wise layers that read one input, then a row-wise layer (`RowwiseParallel`), between activations of x elements:
///
///                without sequence parallelism      with it (`module_input::prepared`)
///     forward    `all_reduce` of x                 `all_gather_into_tensor` of x / P, `reduce_scatter_tensor` of x
///     backward   `all_reduce` of x, N times        `all_gather_into_tensor` of x / P, `reduce_scatter_tensor` of x
///
/// and in the forward, in either case, `gather_columns` of each layer whose columns are gathered.
///
/// Of a checkpointed block, the backward repeats calls of the forward after the gradient of the output was gathered: see `recompute`.
/// Source: torch/distributed/tensor/parallel/style.py and torch/utils/checkpoint.py, 2.14; torchtitan/distributed/
/// activation_checkpoint.py. Held against PyTorch in tests/runtime/parallel/tensor_rows_test.cpp, but for `all_to_the_end`, of which no run
/// was measured.
/// ```cpp
/// tensor::block const mlp(between, {tensor::column{14336}, tensor::column{14336}});
/// mlp.forward(comm);
/// ```
template <class Axis, std::size_t N>
class block {
 public:
  constexpr block(activations<Axis> const& between, tensor::column const (&columns)[N]) : between_(between) {
    for (std::size_t i = 0; i != N; ++i) columns_[i] = columns[i];
  }

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    enter(comm);
    between_.leave(comm);
  }

  template <communicator Comm>
  constexpr void backward(Comm& comm, recompute again = recompute::nothing) const {
    between_.leave_backward(comm);
    repeat(comm, again);
    input_gradient(comm);
  }

  /// What checkpointing repeats of the forward. `is_last`: no other block of what is checkpointed comes behind this one.
  template <communicator Comm>
  constexpr void repeat(Comm& comm, recompute again, bool is_last = true) const {
    if (again == recompute::nothing) return;
    enter(comm);
    bool const is_kept = again == recompute::all_but_scattered && between_.scatters();
    if (!is_kept && (!is_last || again == recompute::all_to_the_end)) between_.leave(comm);
  }
  /// The backward behind the gradient of the output.
  template <communicator Comm>
  constexpr void input_gradient(Comm& comm) const {
    between_.enter_backward(comm, N);
  }

 private:
  template <class Comm>
  constexpr void enter(Comm& comm) const {
    bool const each_gathers = between_.how().input == module_input::each_layer;
    for (std::size_t i = 0; i != N; ++i) {
      if (i == 0 || each_gathers) between_.enter(comm);
      if (columns_[i].gathered) between_.gather_columns(comm, columns_[i].columns);
    }
  }

  activations<Axis> between_;
  std::array<tensor::column, N> columns_{};
};

}  // namespace commfold::parallel::tensor
