// SPDX-License-Identifier: BSL-1.0
// error: commfold::chunk: a tensor cannot be cut into 0 chunks
#include <commfold/tensor/chunk.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::chunk(cf::tensor<cf::f32, 10>{}, cf::size_c<0>);
#else
  [[maybe_unused]] auto v = cf::chunk(cf::tensor<cf::f32, 10>{}, cf::size_c<3>);
#endif
}
