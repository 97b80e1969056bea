// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: the type of what a std::any holds is not known
#include <commfold/tree.hpp>

#include <any>

using tensor = commfold::tensor<commfold::f32, 4>;
using held = std::any;
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<held> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(held{})); }
