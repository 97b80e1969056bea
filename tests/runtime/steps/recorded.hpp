// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/steps/recorded.hpp
/// Calls as text, so that ours and PyTorch's can be compared and read.

#include "configuration.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steps_test {

/// One call. The arguments are tensors, reductions, roots and numbers of ranks; groups stand apart, and flags (`async_op`) are left out.
struct recorded_call {
  std::string phase;  ///< with the number of the step from the second on: `forward#1`
  std::string op;
  std::string axis;
  std::size_t ranks = 0;
  std::string arguments;
  std::string result;
  std::size_t comm_tensor_size = 0;

  [[nodiscard]] friend bool operator==(recorded_call const&, recorded_call const&) = default;
};

[[nodiscard]] inline std::string text_of(recorded_call const& c) {
  return c.phase + ": " + c.op + "(" + c.arguments + ") over '" + c.axis + "' of " + std::to_string(c.ranks) + " -> " + c.result + ", " +
         std::to_string(c.comm_tensor_size) + " B";
}

/// A tensor of a call: dtype and sizes. `torch.distributed` is called on buffers, of which strides and bytes of storage are a part of what
/// PyTorch counts. Functional collectives are called on activations, whose strides are whatever a kernel made of them.
[[nodiscard]] inline std::string text_of_tensor(cf::dynamic_tensor const& tensor, std::string_view op) {
  return oracle::text_of(op.starts_with("c10d::") ? tensor : cf::dynamic_tensor(tensor.dtype(), tensor.extents()));
}

/// What examples/steps makes of a configuration, all steps of it.
[[nodiscard]] std::vector<recorded_call> ddp_calls(configuration const& c);
[[nodiscard]] std::vector<recorded_call> mesh_calls(configuration const& c);

}  // namespace steps_test
