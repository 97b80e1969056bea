// SPDX-License-Identifier: BSL-1.0
// error: fail_reduction
#include <commfold/op/rows/all_reduce.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto how = cf::reduce_op::max;
#else
constexpr auto how = cf::sum;
#endif
[[maybe_unused]] constexpr auto all = cf::c10d_functional::all_reduce(cf::tensor<cf::c64, 8>{}, how, g);

int main() {}
