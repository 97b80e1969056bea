// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map: the trees differ in structure
// error: differs_at<0>
#include <commfold/tree.hpp>

#include <tuple>

class q_and_k {
 public:
  int q = 1, k = 2;
};
class q_and_v {
 public:
  int q = 1, v = 2;
};
template <>
struct commfold::node_traits<q_and_k> : commfold::fields<&q_and_k::q, &q_and_k::k> {};
template <>
struct commfold::node_traits<q_and_v> : commfold::fields<&q_and_v::q, &q_and_v::v> {};

int main() {
  std::tuple<q_and_k> const a;
#ifdef SHOULD_FAIL
  std::tuple<q_and_v> const b;
#else
  std::tuple<q_and_k> const b;
#endif
  (void)commfold::tree_map([](int x, int) { return x; }, a, b);
}
