// SPDX-License-Identifier: BSL-1.0
// error: no matching function for call to
// error: returns_work
#include <commfold/op/collective_op.hpp>
#include <commfold/op/table.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::collective_op::get_work(cf::c10d_functional::all_reduce, cf::c10d_functional::all_reduce(x, cf::sum, g));
#else
  [[maybe_unused]] auto made = cf::collective_op::get_work(cf::c10d::allreduce_, cf::c10d::allreduce_(x, g, cf::sum));
#endif
}
