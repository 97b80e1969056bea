// SPDX-License-Identifier: BSL-1.0
// error: commfold::dtype_of: this type has no dtype
#include <commfold/tensor/dtype_of.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  return cf::dtype_of<long double> == cf::f64;
#else
  return cf::dtype_of<double> != cf::f64;
#endif
}
