// SPDX-License-Identifier: BSL-1.0
// error: commfold::select: this tensor has no such dimension or index
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::select(cf::tensor<cf::f32, 64>{}, cf::size_c<0>, cf::size_c<64>);
#else
  [[maybe_unused]] auto v = cf::select(cf::tensor<cf::f32, 64>{}, cf::size_c<0>, cf::size_c<63>);
#endif
}
