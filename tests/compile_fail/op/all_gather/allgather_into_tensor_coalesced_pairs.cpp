// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_into_tensor_coalesced_: the lists of inputs and outputs are not of one length
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr cf::tensor<cf::f32, 32> gathered;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_into_tensor_coalesced_(std::array{gathered, gathered}, std::array{x}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_into_tensor_coalesced_(std::array{gathered, gathered}, std::array{x, x}, g);
#endif
}
