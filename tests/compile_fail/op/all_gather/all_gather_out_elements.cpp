// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_gather_into_tensor_out: out does not have as many elements as the result
// error[gcc]: refuse\(\) \[with .*no_room; .*= \{31, 32\}
// error[clang]: refuse<.*no_room, 31UL, 32UL>
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::all_gather_into_tensor_out(x, g.size, g, cf::tensor<cf::f32, 31>{});
#else
  [[maybe_unused]] auto made = cf::c10d_functional::all_gather_into_tensor_out(x, g.size, g, cf::tensor<cf::f32, 32>{});
#endif
}
