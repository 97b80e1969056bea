// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_structure: this type holds itself, and so has no structure of its own unless its node_traits name what it maps to,
// error: as .mapped.; tree_leaves
#include <commfold/tree.hpp>

#include <vector>

struct node {
  int weight = 0;
  std::vector<node> kids;
};

int main() {
  node const tree{1, {}};
#ifdef SHOULD_FAIL
  (void)commfold::tree_structure(tree);
#else
  (void)commfold::tree_leaves(tree);
#endif
}
