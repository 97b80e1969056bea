// SPDX-License-Identifier: BSL-1.0
// error: commfold::size_constant: this constant does not fit std::size_t
#include <commfold/size/arithmetic.hpp>

#include <type_traits>

int main() {
#ifdef SHOULD_FAIL
  return commfold::multiply(std::integral_constant<unsigned long long, (1ULL << 33) + 5>{}, commfold::size_c<3>) == 15;
#else
  return commfold::multiply(std::integral_constant<unsigned long long, 5>{}, commfold::size_c<3>) != 15;
#endif
}
