// SPDX-License-Identifier: BSL-1.0
// error: commfold::process_group: a root, src or dst is not a rank of the group
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
