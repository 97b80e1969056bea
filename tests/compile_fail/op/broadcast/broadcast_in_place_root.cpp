// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::broadcast_: a root, source or destination is not a rank of the group
#include <commfold/op/rows/broadcast.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::broadcast_(x, cf::size_c<4>, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::broadcast_(x, cf::size_c<3>, g);
#endif
}
