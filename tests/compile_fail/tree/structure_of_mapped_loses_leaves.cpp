// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_structure: this type maps to the .mapped. of its node_traits alone, which does not hold its leaves
#include <commfold/tree.hpp>

#include <vector>

struct node {
#ifdef SHOULD_FAIL
  double weight = 0;
#else
  int weight = 0;
#endif
  std::vector<node> kids;
};
struct counted {
  int weight = 0;
  std::vector<counted> kids;
};

template <>
struct commfold::node_traits<counted> : commfold::fields<&counted::weight, &counted::kids> {
  using mapped = counted;
};
template <>
struct commfold::node_traits<node> : commfold::fields<&node::weight, &node::kids> {
  using mapped = counted;
  static counted make(int weight, std::vector<counted> kids) { return {weight, kids}; }
  static double make(double weight, std::vector<counted>) { return weight; }
};

int main() { (void)commfold::tree_structure(node{1, {}}); }
