// SPDX-License-Identifier: BSL-1.0
// error: dimension {} of a tensor of rank {}
// error[gcc]: array subscript value '2' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::extents::extent".*of a tensor of rank.*, 2, 2\)
#include <commfold/tensor/tensor.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::extents<2, 3> shape;
#ifdef SHOULD_FAIL
constexpr std::size_t last = shape.extent(2);
#else
constexpr std::size_t last = shape.extent(1);
#endif

int main() { static_cast<void>(last); }
