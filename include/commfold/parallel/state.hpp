// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/state.hpp
/// What it takes to save and load the state of a sharded model: `full_tensor` of PyTorch's DTensors, and a state from rank 0.

#include <commfold/comm/communicator.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tree/for_each.hpp>

#include <cstddef>
#include <utility>

namespace commfold::parallel {

/// That a tensor is cut along `dimension` over the ranks of `axis`: DTensor's `Shard(dimension)`.
template <class Axis>
struct cut {
  Axis axis;
  std::size_t dimension = 0;
};
template <class Axis>
cut(Axis, std::size_t = 0) -> cut<Axis>;

/// `full_tensor()` of a tensor with these cuts, outermost axis of the mesh first: one `all_gather` for each cut over several ranks. What
/// rank sends is its block, padded: a dimension of extent e over P ranks counts ⌈e / P⌉. The innermost axis is gathered first, but of two
/// axes that cut one dimension (FSDP2 over a column-parallel weight) the outer one, which cut the inner one's blocks. Blocks of another
/// dimension than 0 are stacked along dimension 0, as PyTorch's all-gather does. Axes of replicas are not among the cuts.
/// `invalid_argument` for a dimension that the tensor does not have. Source: torch/distributed/tensor/_redistribute.py, 2.14.
template <communicator Comm, tensor_like T, class... Axis>
constexpr void full_tensor(Comm& comm, T const& tensor, cut<Axis> const&... cuts) {
  if constexpr (sizeof...(Axis) != 0) {
    constexpr std::size_t n = sizeof...(Axis);
    std::size_t const dimensions[n] = {cuts.dimension...};
    std::size_t const over[n] = {ranks(cuts.axis)...};
    bool gathered[n] = {};
    auto const& whole = extents_of(tensor);
    for (std::size_t const dimension : dimensions)
      if (dimension >= whole.rank())
        commfold::detail::fail<invalid_argument>("commfold::parallel::full_tensor", "a tensor of rank {} is not cut along dimension {}",
                                                 std::size_t{whole.rank()}, dimension);
    bool one_dimension = n > 1;
    for (std::size_t const dimension : dimensions) one_dimension = one_dimension && dimension == dimensions[0];
    for (std::size_t step = 0; step != n; ++step) {
      std::size_t const which = one_dimension ? step : n - 1 - step;
      std::size_t sizes[16] = {};
      for (std::size_t r = 0; r != whole.rank(); ++r) sizes[r] = whole.extent(r);
      for (std::size_t at = n; at-- != 0;)
        if (!gathered[at]) sizes[dimensions[at]] = commfold::detail::ceil_div(sizes[dimensions[at]], over[at]);
      dynamic_tensor const block(dtype_of_tensor(tensor), dynamic_extents(sizes, whole.rank()));
      std::size_t at = 0;
      auto const gather_if = [&comm, &block, which, &at](auto const& axis) {
        if (at++ == which) over_several(axis, [&comm, &block](auto const& group) { comm.all_gather(block, group); });
      };
      (gather_if(cuts.axis), ...);
      gathered[which] = true;
    }
  }
}

/// `full_tensor` of every tensor of a tree, all cut alike, one after the other: `get_model_state_dict(full_state_dict=True)`. A sharded
/// state dict makes no call. With `copies = 2`, the two moments of Adam of every parameter: a full optimizer state.
template <communicator Comm, class Tree, class... Axis>
constexpr void full_state(Comm& comm, Tree const& tree, std::size_t copies, cut<Axis> const&... cuts) {
  tree_for_each(
      [&](auto const& leaf) {
        if constexpr (tensor_like<decltype(leaf)>)
          for (std::size_t i = 0; i != copies; ++i) full_tensor(comm, leaf, cuts...);
      },
      tree);
}

/// `set_model_state_dict(broadcast_from_rank0=True)`: rank 0 broadcasts how long the pickled names and shapes are (8 bytes), these
/// (`described`, whose number of bytes is Python's and no contract), and then every whole tensor.
template <communicator Comm, class Tree, any_group Group>
constexpr void state_from_rank0(Comm& comm, Tree const& tree, std::size_t described, Group const& group) {
  comm.dist().broadcast(dynamic_tensor(i64, {1}), 0, group);
  comm.dist().broadcast(dynamic_tensor(u8, {described}), 0, group);
  tree_for_each(
      [&](auto const& leaf) {
        if constexpr (tensor_like<decltype(leaf)>) comm.dist().broadcast(leaf, 0, group);
      },
      tree);
}

}  // namespace commfold::parallel
