// SPDX-License-Identifier: BSL-1.0
// error: {} {} is not a rank of group .*{}.*, which has {}
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::.*is not a rank of group.*"src".0., 4, .*, 4\)
#include <commfold/op/rows/broadcast.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto all = cf::c10d_functional::broadcast(cf::tensor<cf::f32, 8>{}, 4, g);
#else
constexpr auto all = cf::c10d_functional::broadcast(cf::tensor<cf::f32, 8>{}, 3, g);
#endif

int main() { static_cast<void>(all); }
