// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/distribute.hpp
/// How a parameter that all ranks could have is shared out over an axis: DTensor's `distribute_tensor`.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/chunk.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel {

/// distribute(comm, parameter, d, axis): rank 0 of the axis scatters the parameter along dimension d, one `scatter_`, over an axis of one
/// rank, too. Each shard has ⌈extent / P⌉ of the dimension. Shards of dimension 0 that the ranks divide are views of the parameter, and
/// PyTorch's size of the call is the storage behind them, which counts the whole parameter P times; other shards are copies. Source:
/// `distribute_tensor` and `mesh_scatter` in torch/distributed/tensor, 2.14; held against PyTorch in tests/runtime/parallel.
template <communicator Comm, tensor_like T, size_like Dim, class Axis>
constexpr void distribute(Comm& comm, T const& parameter, Dim const& dimension, Axis const& axis) {
  std::size_t const along = commfold::detail::to_size(dimension, "commfold::parallel::distribute");
  dynamic_tensor const whole(parameter);
  over(axis, [&comm, &whole, along](auto const& group) {
    std::size_t const ranks = group.size, extent = whole.extents().extent(along);
    dynamic_extents shape = whole.extents();
    std::vector<std::size_t> extents;
    for (std::size_t i = 0; i != shape.rank(); ++i)
      extents.push_back(i == along ? commfold::detail::ceil_div(extent, ranks) : std::size_t{shape.extent(i)});
    dynamic_tensor const shard(whole.dtype(), dynamic_extents(extents.data(), extents.size()));
    if (along == 0 && extent % ranks == 0)
      comm.dist().scatter(shard, chunk(whole, ranks, 0), 0, group);
    else
      comm.dist().scatter(shard, std::vector<dynamic_tensor>(ranks, shard), 0, group);
  });
}

}  // namespace commfold::parallel
