// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_structure: this type holds itself, and so has no structure of its own
#include <commfold/tree.hpp>

#include <vector>

struct node {
  int weight = 0;
  std::vector<node> kids;
};

int main() {
  node const tree{1, {}};
#ifdef SHOULD_FAIL
  (void)commfold::tree_flatten(tree);
#else
  (void)commfold::tree_leaves_with_path(tree);
#endif
}
