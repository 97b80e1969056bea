// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_to_all_single: there is not one split size for each rank of the group
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::all_to_all_single(x, std::array{1, 2, 5, 0, 0}, std::array{1, 2, 5, 0}, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::all_to_all_single(x, std::array{1, 2, 5, 9}, std::array{1, 2, 5, 0}, g);
#endif
}
