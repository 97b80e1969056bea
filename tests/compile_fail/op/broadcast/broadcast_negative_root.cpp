// SPDX-License-Identifier: BSL-1.0
// error: fail_negative
// error[clang]: to_size<int>\(-1
#include <commfold/op/rows/broadcast.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  constexpr auto made = cf::c10d_functional::broadcast(x, -1, g);
  static_cast<void>(made);
#else
  constexpr auto made = cf::c10d_functional::broadcast(x, 1, g);
  static_cast<void>(made);
#endif
}
