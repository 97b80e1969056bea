// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::broadcast: a root, source or destination is not a rank of the group
// error[gcc]: refuse\(\) \[with .*rank_outside_group; .*= \{4, 4\}
// error[clang]: refuse<.*rank_outside_group, 4UL, 4UL>
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
