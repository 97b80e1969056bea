// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map_with_path: this type holds itself, so its node_traits must name the type that it maps to, as .mapped.
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

int main() {
  auto const twice = [](commfold::tree_path const&, int n) { return 2 * n; };
  (void)commfold::tree_map_with_path(twice, node{1, {}});
}
