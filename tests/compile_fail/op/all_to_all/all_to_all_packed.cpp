// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_to_all_single: a part of a packed dtype would end within a byte
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto out =
      cf::c10d_functional::all_to_all_single(cf::tensor<cf::dtype::quint4x2, 12>{}, cf::even_split, cf::even_split, g);
#else
  [[maybe_unused]] auto out =
      cf::c10d_functional::all_to_all_single(cf::tensor<cf::dtype::quint4x2, 16>{}, cf::even_split, cf::even_split, g);
#endif
}
