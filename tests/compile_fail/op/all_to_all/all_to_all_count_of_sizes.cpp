// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_to_all_single: there is not one split size for each rank of the group
// error[gcc]: refuse\(\) \[with .*no_size_a_rank; .*= \{3, 4\}
// error[clang]: refuse<.*no_size_a_rank, 3UL, 4UL>
#include <commfold/op/rows/all_to_all.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
[[maybe_unused]] constexpr int three[] = {1, 2, 5};
[[maybe_unused]] constexpr int four[] = {1, 2, 5, 0};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::all_to_all_single(x, four, three, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::all_to_all_single(x, four, four, g);
#endif
}
