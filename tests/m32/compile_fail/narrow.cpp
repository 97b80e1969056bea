// SPDX-License-Identifier: BSL-1.0
// error: commfold::size_constant: this constant does not fit std::size_t
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <type_traits>

#ifdef SHOULD_FAIL
constexpr unsigned long long length = (1ULL << 33) + 5;
#else
constexpr unsigned long long length = 5;
#endif

int main() {
  commfold::tensor<commfold::u8, 10> const t;
  (void)commfold::narrow(t, commfold::size_c<0>, commfold::size_c<0>, std::integral_constant<unsigned long long, length>{});
}
