// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allreduce_: the tensors of one call have different dtypes
#include <commfold/op/rows/all_reduce.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allreduce_(std::tuple{x, cf::tensor<cf::bf16, 8>{}}, g, cf::sum);
#else
  [[maybe_unused]] auto made = cf::c10d::allreduce_(std::tuple{x, cf::tensor<cf::f32, 9>{}}, g, cf::sum);
#endif
}
