// SPDX-License-Identifier: BSL-1.0
// error: no match
// error: takes_arguments<
#include <commfold/op/rows/broadcast.hpp>
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::broadcast(x, std::integral_constant<int, -1>{}, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::broadcast(x, std::integral_constant<int, 1>{}, g);
#endif
}
