// SPDX-License-Identifier: BSL-1.0
// error: an operation is .*isend.* or .*irecv.*, not .*{}
// error[clang]: is_receive
#include <commfold/op/rows/p2p.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::array two{1, 3};

int main() {
#ifdef SHOULD_FAIL
  constexpr auto made = cf::c10d_functional::batch_p2p_ops(std::array<char const*, 2>{"isend", "put"}, two, two, std::array{x, x}, g);
  static_cast<void>(made);
#else
  constexpr auto made = cf::c10d_functional::batch_p2p_ops(std::array<char const*, 2>{"isend", "irecv"}, two, two, std::array{x, x}, g);
  static_cast<void>(made);
#endif
}
