// SPDX-License-Identifier: BSL-1.0
// error: start \+ length is {} in a dimension of extent {}
// error[gcc]: array subscript value '13' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::narrow".*in a dimension of extent.*, 13, 10\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::tensor<cf::f32, cf::dyn> t(std::size_t{10});
#ifdef SHOULD_FAIL
constexpr auto view = cf::narrow(t, 0, std::size_t{4}, std::size_t{9});
#else
constexpr auto view = cf::narrow(t, 0, std::size_t{4}, std::size_t{6});
#endif

int main() { static_cast<void>(view); }
