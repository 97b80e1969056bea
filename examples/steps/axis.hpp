// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/axis.hpp
/// The axes of a device mesh that a training step runs over, one for each purpose. A program may do without any of them.

#include <commfold/commfold.hpp>

#include <cstddef>
#include <type_traits>

namespace steps {

namespace cf = commfold;

/// Stands for the group of an axis that a program does without.
struct no_axis {};

/// over(axis, use): calls `use(group)` where the axis has a group. An axis is a group, `no_axis`, or a `std::optional` of a group, with
/// which one program decides at run time which axes there are.
template <class Axis, class Use>
constexpr void over(Axis const& axis, Use const& use) {
  if constexpr (cf::any_group<Axis>) {
    use(axis);
  } else if constexpr (!std::is_same_v<Axis, no_axis>) {
    if (axis) use(*axis);
  }
}

/// over_several(axis, use): `over` an axis of more than one rank. DTensor redistributes nothing over an axis of one.
template <class Axis, class Use>
constexpr void over_several(Axis const& axis, Use const& use) {
  over(axis, [&](auto const& group) {
    if (group.size != 1) use(group);
  });
}

template <class Axis>
constexpr bool is_there(Axis const& axis) {
  bool found = false;
  over(axis, [&](auto const&) { found = true; });
  return found;
}

/// The number of ranks along an axis; 1 where the program does without it.
template <class Axis>
constexpr std::size_t ranks(Axis const& axis) {
  std::size_t found = 1;
  over(axis, [&](auto const& group) { found = group.size; });
  return found;
}

/// The axes of PyTorch's `DeviceMesh`, outermost first. `reshard` is no axis of that mesh but a part of `shard`: the 4 ranks that hold a
/// unit together between forward and backward under `fully_shard(..., reshard_after_forward=4)`.
template <class Replicate, class Shard, class Tensor, class Reshard = no_axis>
struct mesh {
  Replicate replicate;
  Shard shard;
  Tensor tensor;
  Reshard reshard = {};
};
template <class Replicate, class Shard, class Tensor, class Reshard = no_axis>
mesh(Replicate, Shard, Tensor, Reshard = {}) -> mesh<Replicate, Shard, Tensor, Reshard>;

}  // namespace steps
