// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: a plain struct with a C array .* cannot be taken apart; use std::array
#include <commfold/tree.hpp>

#include <array>

struct net {
#ifdef SHOULD_FAIL
  commfold::tensor<commfold::f32, 4> layers[3];
#else
  std::array<commfold::tensor<commfold::f32, 4>, 3> layers;
#endif
  int steps = 0;
};

int main() { return static_cast<int>(commfold::sum_tensors(net{})); }
