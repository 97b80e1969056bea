// SPDX-License-Identifier: BSL-1.0
// error: commfold::reshape: the sizes do not make the elements of this tensor
// error: too_many_elements
#include <commfold/tensor/reshape.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

constexpr cf::size_constant<(std::size_t{1} << 40)> huge;

int main() {
#ifdef SHOULD_FAIL
  (void)cf::reshape(cf::expand(cf::tensor<cf::f32, 1>{}, huge, huge), cf::size_c<5>);
#else
  (void)cf::reshape(cf::expand(cf::tensor<cf::f32, 1>{}, huge, cf::size_c<1>), huge);
#endif
}
