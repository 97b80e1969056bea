// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/steps/recorded.hpp
/// Calls as text, so that ours and PyTorch's can be compared and read.

#include "configuration.hpp"

#include <commfold/tensor/dtype_name.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steps_test {

/// One call. The arguments are tensors, reductions, roots and numbers of ranks; the group stands apart, as "group" among them.
struct recorded_call {
  std::string phase;  ///< with the number of the step from the second on: `forward#1`
  std::string op;
  std::string axis;
  std::size_t ranks = 0;
  std::string arguments;
  std::string result;
  std::size_t comm_tensor_size = 0;
  /// The tensors that must be waited for: those that a functional collective returns.
  std::vector<std::string> pending;

  [[nodiscard]] friend bool operator==(recorded_call const&, recorded_call const&) = default;
};

[[nodiscard]] inline std::string text_of(recorded_call const& c) {
  return c.phase + ": " + c.op + "(" + c.arguments + ") over '" + c.axis + "' of " + std::to_string(c.ranks) + " -> " + c.result + ", " +
         std::to_string(c.comm_tensor_size) + " B";
}

[[nodiscard]] inline bool is_functional(std::string_view op) { return !op.starts_with("c10d::"); }

/// What a wait for a tensor must name: the dtype and the storage. PyTorch waits for views as well.
[[nodiscard]] inline std::string storage_of(cf::dynamic_tensor const& tensor) {
  return std::string(cf::name(tensor.dtype())) + " of " + std::to_string(tensor.storage_bytes()) + " B";
}

/// What examples/steps makes of a configuration, all steps of it.
[[nodiscard]] std::vector<recorded_call> ddp_calls(configuration const& c);
[[nodiscard]] std::vector<recorded_call> mesh_calls(configuration const& c);

}  // namespace steps_test
