// SPDX-License-Identifier: BSL-1.0
// error: commfold::payload_bytes: the size of this tensor does not fit
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  (void)cf::payload_bytes(cf::tensor<cf::f32, (std::size_t{1} << 62)>{});
#else
  (void)cf::payload_bytes(cf::tensor<cf::f32, (std::size_t{1} << 61)>{});
#endif
}
