// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/wait.hpp
/// The operator that waits for the tensor of an earlier call.

#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>

#include <string_view>

namespace commfold::c10d_functional {

/// wait_tensor(tensor): the tensor when the call that makes it is done, which is now. It communicates nothing and has no group, so that
/// asking for its size or group is refused. As under PyTorch's meta kernels, the result is a tensor of its own.
struct wait_tensor_t : op<wait_tensor_t> {
  COMMFOLD_OPERATOR("_c10d_functional::wait_tensor");
  static constexpr std::string_view schema = "(Tensor tensor) -> Tensor"sv;
  static constexpr auto kind = collective_kind::wait;
  static constexpr call_rules rules{};
  static constexpr auto infer(tensor_like auto const& tensor) { return detail::same_shape::of(tensor); }
};

inline constexpr wait_tensor_t wait_tensor{};

}  // namespace commfold::c10d_functional
