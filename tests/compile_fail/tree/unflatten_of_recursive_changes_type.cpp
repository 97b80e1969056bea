// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_unflatten: a type of this tree maps to the .mapped. of its node_traits alone, which does not hold these leaves
#include <commfold/tree.hpp>

#include <vector>

struct node {
  int weight = 0;
  std::vector<node> kids;
};

template <>
struct commfold::node_traits<node> : commfold::fields<&node::weight, &node::kids> {
  using mapped = node;
};

int main() {
  auto const structure = commfold::tree_structure(node{1, {}});
#ifdef SHOULD_FAIL
  std::vector const leaves{0.5};
#else
  std::vector const leaves{2};
#endif
  (void)commfold::tree_unflatten(structure, leaves);
}
