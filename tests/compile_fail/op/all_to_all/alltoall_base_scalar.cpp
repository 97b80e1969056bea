// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::alltoall_base_: a tensor without dimensions has no dimension 0 to divide
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr int each[] = {1, 1, 1, 1};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, cf::tensor<cf::f32>{}, g, cf::even_split, each);
#else
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, cf::tensor<cf::f32, 4>{}, g, cf::even_split, each);
#endif
}
