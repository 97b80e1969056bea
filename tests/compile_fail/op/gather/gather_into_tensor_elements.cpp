// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::gather_into_tensor_: the whole buffer does not have the group's size times the elements of the part
#include <commfold/op/rows/gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::gather_into_tensor_(x, cf::tensor<cf::f32, 31>{}, g, 0);
#else
  [[maybe_unused]] auto made = cf::c10d::gather_into_tensor_(x, cf::tensor<cf::f32, 0>{}, g, 0);
#endif
}
