// SPDX-License-Identifier: BSL-1.0
// error: constraints not satisfied.*static_tree
#include <commfold/tree.hpp>

struct layer {
  commfold::tensor<commfold::f32, 4> weight;
#ifdef SHOULD_FAIL
  commfold::tensor<commfold::f32, 4>* shared;
#else
  commfold::tensor<commfold::f32, 4> shared;
#endif
};

int main() { return commfold::sum_tensors_v<layer> == 32 ? 0 : 1; }
