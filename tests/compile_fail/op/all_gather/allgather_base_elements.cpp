// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d: the whole buffer does not have the group's size times the elements of the part
// error: 31 ?== ?32
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
