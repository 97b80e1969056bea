// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_to_all_single: the group's size does not divide dimension 0 of a tensor; pad it
// error: pad it or give split sizes
// error[gcc]: refuse\(\) \[with .*uneven_blocks; .*= \{6, 4\}
// error[clang]: refuse<.*uneven_blocks, 6UL, 4UL>
#include <commfold/op/rows/all_to_all.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::all_to_all_single(cf::tensor<cf::f32, 6>{}, cf::even_split, cf::even_split, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::all_to_all_single(cf::tensor<cf::f32, 0>{}, cf::even_split, cf::even_split, g);
#endif
}
