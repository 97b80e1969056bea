// SPDX-License-Identifier: BSL-1.0
// error: {}{}{} does not fit std::size_t
// error[gcc]: array subscript value '7' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::add".*does not fit std::size_t".*, 7, .*, 18446744073709551615\)
#include <commfold/size/arithmetic.hpp>

#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t most = ~std::size_t{0};
#else
constexpr std::size_t most = 5;
#endif
constexpr std::size_t sum = cf::add(std::size_t{7}, most);

int main() { static_cast<void>(sum); }
