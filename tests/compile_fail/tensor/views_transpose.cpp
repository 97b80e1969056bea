// SPDX-License-Identifier: BSL-1.0
// error: commfold::transpose: this tensor has no such dimension
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::transpose(cf::tensor<cf::f32, 2, 3>{}, cf::size_c<0>, cf::size_c<2>);
#else
  [[maybe_unused]] auto v = cf::transpose(cf::tensor<cf::f32, 2, 3>{}, cf::size_c<0>, cf::size_c<1>);
#endif
}
