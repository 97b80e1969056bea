// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::reduce_scatter_tensor_coalesced_: the whole buffer does not have the group's size times the elements of the part
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::reduce_scatter_tensor_coalesced_(std::tuple{x}, std::tuple{cf::tensor<cf::f32, 31>{}}, g, cf::sum);
#else
  [[maybe_unused]] auto made = cf::c10d::reduce_scatter_tensor_coalesced_(std::tuple{x}, std::tuple{cf::tensor<cf::f32, 32>{}}, g, cf::sum);
#endif
}
