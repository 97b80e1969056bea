// SPDX-License-Identifier: BSL-1.0
// error: commfold::ceil_div: the divisor is zero
#include <commfold/size/arithmetic.hpp>

int main() {
#ifdef SHOULD_FAIL
  (void)commfold::ceil_div(commfold::size_c<7>, commfold::size_c<0>);
#else
  (void)commfold::ceil_div(commfold::size_c<0>, commfold::size_c<7>);
#endif
}
