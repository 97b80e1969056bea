// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::alltoall_: a list does not have one entry for each rank of the group
// error[gcc]: refuse\(\) \[with .*not_one_a_rank; .*= \{3, 4\}
// error[clang]: refuse<.*not_one_a_rank, 3UL, 4UL>
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

[[maybe_unused]] constexpr std::array<cf::tensor<cf::f32, 8>, 3> three{};
[[maybe_unused]] constexpr std::array<cf::tensor<cf::f32, 8>, 4> four{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::alltoall_(four, three, g);
#else
  [[maybe_unused]] auto made = cf::c10d::alltoall_(four, four, g);
#endif
}
