// SPDX-License-Identifier: BSL-1.0
// error: {} add up to {}, dimension 0 is {}
// error[gcc]: array subscript value '7' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*_c10d_functional::all_to_all_single".*add up to.*input_split_sizes".0., 7, 8\)
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  constexpr auto made = cf::c10d_functional::all_to_all_single(x, std::array{1, 2, 5, 0}, std::array{1, 2, 4, 0}, g);
  static_cast<void>(made);
#else
  constexpr auto made = cf::c10d_functional::all_to_all_single(x, std::array{1, 2, 5, 0}, std::array{1, 2, 5, 0}, g);
  static_cast<void>(made);
#endif
}
