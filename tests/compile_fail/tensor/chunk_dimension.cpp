// SPDX-License-Identifier: BSL-1.0
// error: commfold::chunk: this tensor has no such dimension
#include <commfold/tensor/chunk.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::chunk(cf::tensor<cf::f32, 10>{}, cf::size_c<2>, cf::size_c<1>);
#else
  [[maybe_unused]] auto v = cf::chunk(cf::tensor<cf::f32, 10>{}, cf::size_c<2>, cf::size_c<0>);
#endif
}
