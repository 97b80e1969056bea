// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_reduce_coalesced: the tensors of one call have different dtypes
#include <commfold/op/rows/all_reduce.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto all =
      cf::c10d_functional::all_reduce_coalesced(std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::bf16, 3>>{}, cf::sum, g);
#else
  [[maybe_unused]] auto all =
      cf::c10d_functional::all_reduce_coalesced(std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 3>>{}, cf::sum, g);
#endif
}
