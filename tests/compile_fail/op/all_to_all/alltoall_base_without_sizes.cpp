// SPDX-License-Identifier: BSL-1.0
// error: no match
// error: takes_arguments<
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, x, g);
#else
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, x, g, cf::even_split, cf::even_split);
#endif
}
