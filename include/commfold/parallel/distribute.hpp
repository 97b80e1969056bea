// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/distribute.hpp
/// How a parameter that all ranks could have is shared out over an axis: DTensor's `distribute_tensor`.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel {

namespace detail {

/// A tensor of this one's dtype and shape, but for one extent.
constexpr dynamic_tensor with_extent(dynamic_tensor const& of, std::size_t dimension, std::size_t extent) {
  std::vector<std::size_t> extents;
  for (std::size_t i = 0; i != of.extents().rank(); ++i) extents.push_back(i == dimension ? extent : std::size_t{of.extents().extent(i)});
  return {of.dtype(), dynamic_extents(extents.data(), extents.size())};
}

template <class T, class Dim>
constexpr std::size_t dimension_of(T const& parameter, Dim const& dimension, char const* verb) {
  std::size_t const along = commfold::detail::to_size(dimension, verb), rank = extents_of(parameter).rank();
  if (along >= rank) commfold::detail::fail<invalid_argument>(verb, "a parameter of rank {} is not cut along dimension {}", rank, along);
  return along;
}

}  // namespace detail

/// shard_of(parameter, d, axis, rank): what a rank has of a parameter that is cut along dimension d over P ranks: ⌈extent / P⌉ of the
/// dimension, later ranks what is left, if anything is. All of it where there is no axis. With FSDP2 beside it, this is what FSDP2 shards:
/// ```cpp
/// auto const wq = parallel::shard_of(layer.wq, 0, tp);  // column-wise: [out, in] is cut along out
/// ```
/// `invalid_argument` for a dimension that the parameter does not have, and for a rank that the axis does not have. Source:
/// `Shard._local_shard_size_and_offset` in torch/distributed/tensor/placement_types.py, 2.14.
template <tensor_like T, size_like Dim, class Axis>
[[nodiscard]] constexpr dynamic_tensor shard_of(T const& parameter, Dim const& dimension, Axis const& axis, std::size_t rank = 0) {
  constexpr char const* verb = "commfold::parallel::shard_of";
  std::size_t const along = detail::dimension_of(parameter, dimension, verb), ranks = parallel::ranks(axis);
  if (rank >= ranks) commfold::detail::fail<invalid_argument>(verb, "there is no rank {} among {} ranks", rank, ranks);
  std::size_t const extent = extents_of(parameter).extent(along), most = commfold::detail::ceil_div(extent, ranks);
  std::size_t const before = multiply(most, rank);
  std::size_t const left = before < extent ? extent - before : 0;
  return detail::with_extent(dynamic_tensor(parameter), along, left < most ? left : most);
}

/// distribute(comm, parameter, d, axis, rank): rank 0 of the axis scatters the parameter along dimension d, one `scatter_`, over an axis of
/// one rank, too. Each shard has ⌈extent / P⌉ of the dimension. Whole shards of dimension 0 are views of the parameter, and PyTorch's size
/// of the call is the storage behind them, which counts the parameter up to P times; shards that are padded, and those of other dimensions,
/// are copies. The other ranks hand over no list. `invalid_argument` for a dimension that the parameter does not have. Source:
/// `distribute_tensor` and `mesh_scatter` in torch/distributed/tensor, 2.14; held against PyTorch in tests/runtime/parallel.
template <communicator Comm, tensor_like T, size_like Dim, class Axis>
constexpr void distribute(Comm& comm, T const& parameter, Dim const& dimension, Axis const& axis, std::size_t rank = 0) {
  std::size_t const along = detail::dimension_of(parameter, dimension, "commfold::parallel::distribute");
  dynamic_tensor const whole(parameter);
  over(axis, [&comm, &whole, along, rank](auto const& group) {
    std::size_t const ranks = group.size, extent = whole.extents().extent(along);
    std::size_t const most = commfold::detail::ceil_div(extent, ranks);
    dynamic_tensor const shard = detail::with_extent(whole, along, most);
    if (rank != 0) {
      comm.dist().scatter(shard, 0, group);
    } else if (along != 0) {
      comm.dist().scatter(shard, std::vector<dynamic_tensor>(ranks, shard), 0, group);
    } else {
      std::vector<decltype(narrow(whole, 0, 0, most))> shards;
      for (std::size_t r = 0; r != ranks; ++r)
        shards.push_back((r + 1) * most <= extent ? narrow(whole, 0, r * most, most) : narrow(shard, 0, 0, most));
      comm.dist().scatter(shard, shards, 0, group);
    }
  });
}

}  // namespace commfold::parallel
