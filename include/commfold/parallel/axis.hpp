// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/axis.hpp
/// The axes of a device mesh that a part of a training step runs over. A program may do without any of them.

#include <commfold/group/process_group.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold::parallel {

/// Stands for the group of an axis that a program does without.
struct no_axis {};

/// over(axis, use): calls `use(group)` where the axis has a group. An axis is a group, `no_axis`, or a `std::optional` of a group, with
/// which one program decides at run time which axes there are.
template <class Axis, class Use>
constexpr void over(Axis const& axis, Use const& use) {
  if constexpr (any_group<Axis>) {
    use(axis);
  } else if constexpr (!std::is_same_v<Axis, no_axis>) {
    if (axis) use(*axis);
  }
}

/// over_several(axis, use): `over` an axis of more than one rank. PyTorch's DTensor redistributes nothing over an axis of one.
template <class Axis, class Use>
constexpr void over_several(Axis const& axis, Use const& use) {
  parallel::over(axis, [&](auto const& group) {
    if (group.size != 1) use(group);
  });
}

/// Whether the program has a group along this axis, were it of one rank.
template <class Axis>
[[nodiscard]] constexpr bool is_there(Axis const& axis) {
  bool found = false;
  parallel::over(axis, [&](auto const&) { found = true; });
  return found;
}

/// The number of ranks along an axis; 1 where the program does without it.
template <class Axis>
[[nodiscard]] constexpr std::size_t ranks(Axis const& axis) {
  std::size_t found = 1;
  parallel::over(axis, [&](auto const& group) { found = group.size; });
  return found;
}

}  // namespace commfold::parallel
