// SPDX-License-Identifier: BSL-1.0
// error: {} {} is not a rank of group .*{}.*, which has {}
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::.*is not a rank of group.*".*".0., 4, .*, 4\)
#include <commfold/op/rows/p2p.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <string_view>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::array<std::string_view, 2> operations{"isend", "irecv"};
constexpr std::array two{1, 3};

int main() {
#ifdef SHOULD_FAIL
  constexpr auto made = cf::c10d_functional::batch_p2p_ops(operations, std::array{1, 4}, two, std::array{x, x}, g);
  static_cast<void>(made);
#else
  constexpr auto made = cf::c10d_functional::batch_p2p_ops(operations, std::array{1, 3}, two, std::array{x, x}, g);
  static_cast<void>(made);
#endif
}
