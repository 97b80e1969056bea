// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: this class is empty and has a constructor, as a class has that derives from a tensor
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;
using other = commfold::tensor<commfold::f64, 2>;
struct weight : tensor, other {
  constexpr weight() {}
};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<weight> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(std::tuple{weight{}, tensor{}})); }
