// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::alltoall_base_: there is not one split size for each rank of the group
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, x, g, std::array{4, 4}, cf::even_split);
#else
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, x, g, std::array{4, 4, 0, 0}, cf::even_split);
#endif
}
