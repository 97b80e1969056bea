// SPDX-License-Identifier: BSL-1.0
// error: commfold::reshape: the sizes do not make the elements of this tensor
#include <commfold/tensor/reshape.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::reshape(cf::tensor<cf::f32, 10>{}, cf::infer, cf::size_c<4>);
#else
  [[maybe_unused]] auto v = cf::reshape(cf::tensor<cf::f32, 12>{}, cf::infer, cf::size_c<4>);
#endif
}
