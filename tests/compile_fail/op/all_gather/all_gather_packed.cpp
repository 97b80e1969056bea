// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_gather_into_tensor: a part of a packed dtype would end within a byte
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto all = cf::c10d_functional::all_gather_into_tensor(cf::tensor<cf::dtype::quint4x2, 3>{}, g.size, g);
#else
  [[maybe_unused]] auto all = cf::c10d_functional::all_gather_into_tensor(cf::tensor<cf::dtype::quint4x2, 2>{}, g.size, g);
#endif
}
