// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::alltoall_base_: the tensors of one call have different dtypes
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, cf::tensor<cf::i32, 8>{}, g, cf::even_split, cf::even_split);
#else
  [[maybe_unused]] auto made = cf::c10d::alltoall_base_(x, cf::tensor<cf::f32, 4>{}, g, cf::even_split, cf::even_split);
#endif
}
