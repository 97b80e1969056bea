// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/barrier.hpp
/// The operators that only wait. They carry no payload, so that asking for their size is refused.

#include <commfold/group/process_group.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>

#include <string_view>

namespace commfold::c10d {

/// barrier(tensor, process_group, device_ids): waits for all ranks. The tensor is PyTorch's way to name a device.
struct barrier_t : op<barrier_t> {
  COMMFOLD_OPERATOR("c10d::barrier");
  static constexpr std::string_view schema =
      "(Tensor tensor, ProcessGroup process_group, int[] device_ids, bool async_op=True, int timeout=-1) -> Work"sv;
  static constexpr auto kind = collective_kind::barrier;
  static constexpr call_rules rules{.group = arg(1), .aliases = arg(0)};
  static constexpr auto infer(tensor_like auto const& tensor, any_group auto const&, auto const&...) { return tensor; }
};

/// monitored_barrier_(tensor, process_group, device_ids, timeout, wait_all_ranks): a barrier that tells which ranks are late.
struct monitored_barrier_t : op<monitored_barrier_t> {
  COMMFOLD_OPERATOR("c10d::monitored_barrier_");
  static constexpr std::string_view schema =
      "(Tensor tensor, ProcessGroup process_group, int[] device_ids, int timeout, bool wait_all_ranks) -> ()"sv;
  static constexpr auto kind = collective_kind::barrier;
  static constexpr call_rules rules{.group = arg(1), .aliases = arg(0)};
  static constexpr auto infer(tensor_like auto const& tensor, any_group auto const&, auto const&...) { return tensor; }
};

inline constexpr barrier_t barrier{};
inline constexpr monitored_barrier_t monitored_barrier_{};

}  // namespace commfold::c10d
