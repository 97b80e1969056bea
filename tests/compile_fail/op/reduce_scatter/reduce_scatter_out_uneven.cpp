// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor_out: the group's size does not divide dimension 0 of the input; pad it
#include <commfold/op/rows/reduce_scatter.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made =
      cf::c10d_functional::reduce_scatter_tensor_out(cf::tensor<cf::f32, 9>{}, cf::sum, g.size, g, cf::tensor<cf::f32, 2>{});
#else
  [[maybe_unused]] auto made =
      cf::c10d_functional::reduce_scatter_tensor_out(cf::tensor<cf::f32, 8>{}, cf::sum, g.size, g, cf::tensor<cf::f32, 2>{});
#endif
}
