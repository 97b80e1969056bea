// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor_out: out does not have as many elements as the result
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::reduce_scatter_tensor_out(x, cf::sum, g.size, g, cf::tensor<cf::f32, 3>{});
#else
  [[maybe_unused]] auto made = cf::c10d_functional::reduce_scatter_tensor_out(x, cf::sum, g.size, g, cf::tensor<cf::f32, 2>{});
#endif
}
