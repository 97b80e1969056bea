// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: this class says nothing of its members, and a tensor among them would not be counted; give node_traits<T> its members
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;

struct layer {
  constexpr layer() {}
  tensor w;
};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<layer> : commfold::fields<&layer::w> {};
#endif

int main() {
  layer* const held = nullptr;
  return static_cast<int>(commfold::sum_tensors(held));
}
