// SPDX-License-Identifier: BSL-1.0
// error: fail_reduction
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto how = cf::reduce_op::band;
#else
constexpr auto how = cf::reduce_op::max;
#endif
[[maybe_unused]] constexpr auto mine = cf::c10d_functional::reduce_scatter_tensor(cf::tensor<cf::f32, 8>{}, how, g.size, g);

int main() {}
