// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::batch_p2p_ops: a list of operations, peers or tags is not as long as the list of tensors
#include <commfold/op/rows/p2p.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <string_view>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::array<std::string_view, 2> operations{"isend", "irecv"};
constexpr std::array two{1, 3};
[[maybe_unused]] constexpr std::array three{1, 3, 0};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::batch_p2p_ops(operations, three, two, std::array{x, x}, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::batch_p2p_ops(operations, two, two, std::array{x, x}, g);
#endif
}
