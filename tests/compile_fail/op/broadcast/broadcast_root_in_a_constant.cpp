// SPDX-License-Identifier: BSL-1.0
// error: fail_not_a_rank
// error[clang]: expect_rank_below\(4, 4,
#include <commfold/op/rows/broadcast.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto all = cf::c10d_functional::broadcast(cf::tensor<cf::f32, 8>{}, 4, g);
#else
constexpr auto all = cf::c10d_functional::broadcast(cf::tensor<cf::f32, 8>{}, 3, g);
#endif

int main() { static_cast<void>(all); }
