// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::_allgather_base_: the whole buffer does not have the group's size times the elements of the part
// error[gcc]: refuse\(\) \[with .*whole_is_not_parts; .*= \{31, 4, 8\}
// error[clang]: refuse<.*whole_is_not_parts, 31UL, 4UL, 8UL>
#include <commfold/op/rows/all_gather.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::_allgather_base_(cf::tensor<cf::f32, 31>{}, cf::tensor<cf::f32, 8>{}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::_allgather_base_(cf::tensor<cf::f32, 32>{}, cf::tensor<cf::f32, 8>{}, g);
#endif
}
