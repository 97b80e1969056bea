// SPDX-License-Identifier: BSL-1.0
// error: no matching function for call to
// error: has_process_group
#include <commfold/op/collective_op.hpp>
#include <commfold/op/table.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::collective_op::get_process_group(cf::c10d_functional::wait_tensor, std::tuple{x});
#else
  [[maybe_unused]] auto made = cf::collective_op::get_process_group(cf::c10d::barrier, std::tuple{x, g});
#endif
}
