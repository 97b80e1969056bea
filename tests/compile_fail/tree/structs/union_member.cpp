// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: which member of a union is alive is not known
#include <commfold/tree.hpp>

union number {
  int i;
  float f;
};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<number> : commfold::opaque_leaf {};
#endif
struct layer {
  commfold::tensor<commfold::f32, 4> w;
  number n;
};

int main() { return static_cast<int>(commfold::sum_tensors(layer{})); }
