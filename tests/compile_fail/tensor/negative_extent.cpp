// SPDX-License-Identifier: BSL-1.0
// error: {} is negative; a size never is
// error[gcc]: array subscript value '-3' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::extents".*is negative.*, -3\)
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr cf::tensor<cf::f32, cf::dyn> t(-3);
#else
constexpr cf::tensor<cf::f32, cf::dyn> t(3);
#endif

int main() { static_cast<void>(t); }
