// SPDX-License-Identifier: BSL-1.0
// error: commfold::multiply: the product of these constants does not fit std::size_t
#include <commfold/size/arithmetic.hpp>

int main() {
#ifdef SHOULD_FAIL
  (void)commfold::multiply(commfold::size_c<(std::size_t{1} << 32)>, commfold::size_c<(std::size_t{1} << 32)>);
#else
  (void)commfold::multiply(commfold::size_c<(std::size_t{1} << 32)>, commfold::size_c<(std::size_t{1} << 31)>);
#endif
}
