// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: a plain struct with a base class cannot be taken apart
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, commfold::dyn>;
struct weight : tensor {};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<weight> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(weight{tensor(4)})); }
