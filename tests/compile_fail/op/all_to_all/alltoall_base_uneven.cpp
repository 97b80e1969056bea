// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::alltoall_base_: the group's size does not divide dimension 0 of a tensor; pad it or give split sizes
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, cf::tensor<cf::f32, 6>{}, g, std::array{2, 2, 2, 2}, std::array<int, 0>{});
#else
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, cf::tensor<cf::f32, 4>{}, g, std::array{2, 2, 2, 2}, std::array<int, 0>{});
#endif
}
