// SPDX-License-Identifier: BSL-1.0
// error: index {} in a dimension of extent {}
// error[gcc]: array subscript value '10' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::select".*in a dimension of extent.*, 10, 10\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::tensor<cf::f32, cf::dyn> t(std::size_t{10});
#ifdef SHOULD_FAIL
constexpr auto view = cf::select(t, 0, std::size_t{10});
#else
constexpr auto view = cf::select(t, 0, std::size_t{9});
#endif

int main() { static_cast<void>(view); }
