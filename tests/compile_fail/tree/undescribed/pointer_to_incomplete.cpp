// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: this class, which something points to, is not defined here
#include <commfold/tree.hpp>

struct incomplete;
using held = incomplete*;
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<held> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(held{})); }
