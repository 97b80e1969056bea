// SPDX-License-Identifier: BSL-1.0
// error: commfold::narrow: the range does not lie in a dimension of this tensor
// error: packed_row_is_cut
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  (void)cf::narrow(cf::tensor<cf::dtype::quint4x2, 5>{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<4>);
#else
  (void)cf::narrow(cf::tensor<cf::dtype::quint4x2, 5>{}, cf::size_c<0>, cf::size_c<2>, cf::size_c<3>);
#endif
}
