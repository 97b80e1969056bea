// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::_reduce_scatter_base_: the tensors of one call have different dtypes
#include <commfold/op/rows/reduce_scatter.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::_reduce_scatter_base_(cf::tensor<cf::bf16, 8>{}, cf::tensor<cf::f32, 32>{}, g, cf::sum);
#else
  [[maybe_unused]] auto made = cf::c10d::_reduce_scatter_base_(cf::tensor<cf::f32, 8>{}, cf::tensor<cf::f32, 32>{}, g, cf::sum);
#endif
}
