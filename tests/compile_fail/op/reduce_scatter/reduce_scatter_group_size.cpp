// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor: group_size is not the number of ranks of the group
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto mine = cf::c10d_functional::reduce_scatter_tensor(cf::tensor<cf::f32, 8>{}, cf::sum, cf::size_c<8>, g);
#else
  [[maybe_unused]] auto mine = cf::c10d_functional::reduce_scatter_tensor(cf::tensor<cf::f32, 8>{}, cf::sum, cf::size_c<4>, g);
#endif
}
