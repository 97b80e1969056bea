// SPDX-License-Identifier: BSL-1.0
// error: size {} for a dimension of extent {}, which is not 1
// error[gcc]: array subscript value '9' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::expand".*which is not 1".*, 9, 10\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::tensor<cf::f32, cf::dyn> t(std::size_t{10});
#ifdef SHOULD_FAIL
constexpr auto view = cf::expand(t, std::size_t{9});
#else
constexpr auto view = cf::expand(t, std::size_t{10});
#endif

int main() { static_cast<void>(view); }
