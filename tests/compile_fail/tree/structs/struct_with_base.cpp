// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: a plain struct with a base class cannot be taken apart
#include <commfold/tree.hpp>

struct base {
  int id = 0;
};
struct layer : base {
  commfold::tensor<commfold::f32, 4> w;
};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<layer> : commfold::fields<&layer::w> {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(layer{})); }
