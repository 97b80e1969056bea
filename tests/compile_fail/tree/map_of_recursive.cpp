// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map: this type holds itself, and so has no image
#include <commfold/tree.hpp>

#include <vector>

struct node {
  int weight = 0;
  std::vector<node> kids;
};

int main() {
  auto const twice = [](int n) { return 2 * n; };
  node const tree{1, {}};
#ifdef SHOULD_FAIL
  (void)commfold::tree_map(twice, tree);
#else
  commfold::tree_for_each(twice, tree);
#endif
}
