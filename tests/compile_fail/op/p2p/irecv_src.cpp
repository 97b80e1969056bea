// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::irecv: a root, source or destination is not a rank of the group
#include <commfold/op/rows/p2p.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::irecv(x, cf::size_c<4>, 0, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::irecv(x, cf::size_c<3>, 0, g);
#endif
}
