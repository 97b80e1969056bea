// SPDX-License-Identifier: BSL-1.0
// error: commfold::size_constant: this constant does not fit std::size_t
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

#ifdef SHOULD_FAIL
constexpr unsigned long long rows = (1ULL << 33) + 5;
#else
constexpr unsigned long long rows = 5;
#endif

int main() { (void)commfold::tensor<commfold::f32, commfold::dyn>(std::integral_constant<unsigned long long, rows>{}); }
