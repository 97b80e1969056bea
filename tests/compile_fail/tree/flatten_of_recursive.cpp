// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_structure: this type holds itself, and so has no structure of its own unless its node_traits name what it maps to,
// error: as .mapped.; tree_leaves
#include <commfold/tree.hpp>

#include <vector>

struct node {
  int weight = 0;
  std::vector<node> kids;
};

#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<node> : commfold::fields<&node::weight, &node::kids> {
  using mapped = node;
};
#endif

int main() { (void)commfold::tree_flatten(node{1, {}}); }
