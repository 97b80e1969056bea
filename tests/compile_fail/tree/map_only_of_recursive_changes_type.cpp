// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map_only: this type maps to the .mapped. of its node_traits alone, and the leaves became what that does not hold
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
#ifdef SHOULD_FAIL
  auto const half = [](int n) { return n / 2.0; };
#else
  auto const half = [](int n) { return n / 2; };
#endif
  (void)commfold::tree_map_only(commfold::is_type<int>, half, node{1, {}});
}
