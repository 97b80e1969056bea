// SPDX-License-Identifier: BSL-1.0
// error: the sizes make {} elements, and the tensor has {}
// error[gcc]: array subscript value '12' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::reshape".*elements, and the tensor has.*, 12, 10\)
#include <commfold/tensor/reshape.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::tensor<cf::f32, cf::dyn> t(std::size_t{10});
#ifdef SHOULD_FAIL
constexpr auto view = cf::reshape(t, std::size_t{4}, std::size_t{3});
#else
constexpr auto view = cf::reshape(t, std::size_t{5}, std::size_t{2});
#endif

int main() { static_cast<void>(view); }
