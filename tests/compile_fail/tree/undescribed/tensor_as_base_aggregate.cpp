// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: this class has a base class that is a tensor; make the tensor a member
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;
struct weight : tensor {};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<weight> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(std::tuple{weight{}, tensor{}})); }
