// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional_autograd::all_to_all_single: a tensor without dimensions has no dimension 0 to divide
#include <commfold/op/rows/all_to_all.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional_autograd::all_to_all_single(cf::tensor<cf::f32>{}, cf::even_split, cf::even_split, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional_autograd::all_to_all_single(cf::tensor<cf::f32, 4>{}, cf::even_split, cf::even_split, g);
#endif
}
