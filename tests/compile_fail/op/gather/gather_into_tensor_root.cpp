// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::gather_into_tensor_: a root, source or destination is not a rank of the group
#include <commfold/op/rows/gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::gather_into_tensor_(x, cf::tensor<cf::f32, 32>{}, g, cf::size_c<4>);
#else
  [[maybe_unused]] auto made = cf::c10d::gather_into_tensor_(x, cf::tensor<cf::f32, 32>{}, g, cf::size_c<3>);
#endif
}
