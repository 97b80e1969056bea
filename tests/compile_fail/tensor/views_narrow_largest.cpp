// SPDX-License-Identifier: BSL-1.0
// error: commfold::narrow: the range does not lie in a dimension of this tensor
// error: 18446744073709551615
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  (void)cf::narrow(cf::tensor<cf::u8, 10>{}, cf::size_c<0>, cf::size_c<5>, cf::size_c<cf::dyn>);
#else
  (void)cf::narrow(cf::tensor<cf::u8, 10>{}, cf::size_c<0>, cf::size_c<5>, cf::size_c<5>);
#endif
}
