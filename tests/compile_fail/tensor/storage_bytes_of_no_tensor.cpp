// SPDX-License-Identifier: BSL-1.0
// error: commfold::tensor_traits: this type is no tensor
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  return cf::static_storage_bytes<int> == 0;
#else
  return cf::static_storage_bytes<cf::tensor<cf::i32>> == 0;
#endif
}
