// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional_autograd::all_gather_into_tensor: group_size is not the number of ranks of the group
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 8> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto all = cf::c10d_functional_autograd::all_gather_into_tensor(cf::tensor<cf::f32, 100>{}, cf::size_c<4>, g);
#else
  [[maybe_unused]] auto all = cf::c10d_functional_autograd::all_gather_into_tensor(cf::tensor<cf::f32, 100>{}, cf::size_c<8>, g);
#endif
}
