// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: the keys of this map hold tensors
#include <commfold/tree.hpp>

#include <map>
#include <utility>

using tensor = commfold::tensor<commfold::f32, 4>;
struct before {
  constexpr bool operator()(std::pair<int, tensor> const& a, std::pair<int, tensor> const& b) const { return a.first < b.first; }
};
using held = std::map<std::pair<int, tensor>, int, before>;
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<held> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(held{})); }
