// SPDX-License-Identifier: BSL-1.0
// error: commfold::process_group: a root, src or dst is not a rank of the group
// error[clang]: size_constant<4>::value < size_constant<4>::value
#include <commfold/op/rows/broadcast.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto all = cf::c10d_functional::broadcast(cf::tensor<cf::f32, 8>{}, cf::size_c<4>, g);
#else
  [[maybe_unused]] auto all = cf::c10d_functional::broadcast(cf::tensor<cf::f32, 8>{}, cf::size_c<3>, g);
#endif
}
