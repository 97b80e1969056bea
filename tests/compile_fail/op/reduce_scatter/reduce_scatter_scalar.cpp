// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor: a tensor without dimensions has no dimension 0 to divide
#include <commfold/op/rows/reduce_scatter.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::reduce_scatter_tensor(cf::tensor<cf::f32>{}, cf::sum, g.size, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::reduce_scatter_tensor(cf::tensor<cf::f32, 4>{}, cf::sum, g.size, g);
#endif
}
