// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/distribute.hpp
/// How a parameter that all ranks could have is shared out over an axis: DTensor's `distribute_tensor`.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel {

/// distribute(comm, parameter, d, axis, rank): rank 0 of the axis scatters the parameter along dimension d, one `scatter_`, over an axis of
/// one rank, too. Each shard has ⌈extent / P⌉ of the dimension. Whole shards of dimension 0 are views of the parameter, and PyTorch's size
/// of the call is the storage behind them, which counts the parameter up to P times; shards that are padded, and those of other dimensions,
/// are copies. The other ranks hand over no list. Source: `distribute_tensor` and `mesh_scatter` in torch/distributed/tensor, 2.14; held
/// against PyTorch in tests/runtime/parallel.
template <communicator Comm, tensor_like T, size_like Dim, class Axis>
constexpr void distribute(Comm& comm, T const& parameter, Dim const& dimension, Axis const& axis, std::size_t rank = 0) {
  std::size_t const along = commfold::detail::to_size(dimension, "commfold::parallel::distribute");
  dynamic_tensor const whole(parameter);
  over(axis, [&comm, &whole, along, rank](auto const& group) {
    std::size_t const ranks = group.size, extent = whole.extents().extent(along);
    std::vector<std::size_t> extents;
    for (std::size_t i = 0; i != whole.extents().rank(); ++i)
      extents.push_back(i == along ? commfold::detail::ceil_div(extent, ranks) : std::size_t{whole.extents().extent(i)});
    dynamic_tensor const shard(whole.dtype(), dynamic_extents(extents.data(), extents.size()));
    if (rank != 0) {
      comm.dist().scatter(shard, 0, group);
    } else if (along != 0) {
      comm.dist().scatter(shard, std::vector<dynamic_tensor>(ranks, shard), 0, group);
    } else {
      std::size_t const most = extents[0];
      std::vector<decltype(narrow(whole, 0, 0, most))> shards;
      for (std::size_t r = 0; r != ranks; ++r)
        shards.push_back((r + 1) * most <= extent ? narrow(whole, 0, r * most, most) : narrow(shard, 0, 0, most));
      comm.dist().scatter(shard, shards, 0, group);
    }
  });
}

}  // namespace commfold::parallel
