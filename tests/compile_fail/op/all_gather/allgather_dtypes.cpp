// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_: the tensors of one call have different dtypes
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::array<std::array<cf::tensor<cf::f32, 8>, 4>, 1> outputs{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_(outputs, std::array{cf::tensor<cf::i32, 8>{}}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_(outputs, std::array{x}, g);
#endif
}
