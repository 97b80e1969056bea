// SPDX-License-Identifier: BSL-1.0
// error: commfold::add: the sum of these constants does not fit std::size_t
#include <commfold/size/arithmetic.hpp>

int main() {
#ifdef SHOULD_FAIL
  (void)commfold::add(commfold::size_c<static_cast<std::size_t>(-1)>, commfold::size_c<1>);
#else
  (void)commfold::add(commfold::size_c<static_cast<std::size_t>(-1)>, commfold::size_c<0>);
#endif
}
