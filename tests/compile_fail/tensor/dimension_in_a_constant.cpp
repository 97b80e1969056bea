// SPDX-License-Identifier: BSL-1.0
// error: dimension {} of a tensor of rank {}
// error[gcc]: array subscript value '1' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::narrow".*of a tensor of rank.*, 1, 1\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::tensor<cf::f32, cf::dyn> t(std::size_t{10});
#ifdef SHOULD_FAIL
constexpr auto view = cf::narrow(t, std::size_t{1}, 0, 1);
#else
constexpr auto view = cf::narrow(t, std::size_t{0}, 0, 1);
#endif

int main() { static_cast<void>(view); }
