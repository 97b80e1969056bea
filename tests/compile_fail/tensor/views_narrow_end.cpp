// SPDX-License-Identifier: BSL-1.0
// error: commfold::narrow: the range does not lie in a dimension of this tensor
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::narrow(cf::tensor<cf::f32, 64>{}, cf::size_c<0>, cf::size_c<61>, cf::size_c<4>);
#else
  [[maybe_unused]] auto v = cf::narrow(cf::tensor<cf::f32, 64>{}, cf::size_c<0>, cf::size_c<60>, cf::size_c<4>);
#endif
}
