// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::send: a root, source or destination is not a rank of the group
// error[gcc]: refuse\(\) \[with .*rank_outside_group; .*= \{9, 4\}
// error[clang]: refuse<.*rank_outside_group, 9UL, 4UL>
#include <commfold/op/rows/p2p.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto sent = cf::c10d::send(cf::tensor<cf::f32, 8>{}, g, cf::size_c<9>);
#else
  [[maybe_unused]] auto sent = cf::c10d::send(cf::tensor<cf::f32, 8>{}, g, cf::size_c<0>);
#endif
}
