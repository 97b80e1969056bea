// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/axis.hpp
/// The axes of a device mesh that a training step runs over, each for its purpose, and each one that a program may do without.

#include <commfold/commfold.hpp>

#include <cstddef>
#include <type_traits>

namespace steps {

namespace cf = commfold;

/// In place of the group of an axis that a program does without.
struct no_axis {};

/// over(axis, use): `use(group)` where there is a group. An axis is a group, `no_axis`, or what may hold a group, as a `std::optional`:
/// then the same code serves all programs at run time.
template <class Axis, class Use>
constexpr void over(Axis const& axis, Use const& use) {
  if constexpr (cf::any_group<Axis>) {
    use(axis);
  } else if constexpr (!std::is_same_v<Axis, no_axis>) {
    if (axis) use(*axis);
  }
}

template <class Axis>
constexpr bool is_there(Axis const& axis) {
  bool found = false;
  over(axis, [&](auto const&) { found = true; });
  return found;
}

/// The ranks along an axis; 1 where it is not there.
template <class Axis>
constexpr std::size_t ranks(Axis const& axis) {
  std::size_t found = 1;
  over(axis, [&](auto const& group) { found = group.size; });
  return found;
}

/// The axes of PyTorch's `DeviceMesh`, outermost first. `reshard` is none of its axes but a part of `shard`: the ranks that share a unit
/// between forward and backward under `fully_shard(..., reshard_after_forward=4)`.
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
