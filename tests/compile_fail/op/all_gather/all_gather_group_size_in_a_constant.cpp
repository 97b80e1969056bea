// SPDX-License-Identifier: BSL-1.0
// error: fail_group_size
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g"> g{8};

#ifdef SHOULD_FAIL
constexpr int ranks = 4;
#else
constexpr int ranks = 8;
#endif
[[maybe_unused]] constexpr auto all = cf::c10d_functional::all_gather_into_tensor(cf::tensor<cf::f32, 100>{}, ranks, g);

int main() {}
