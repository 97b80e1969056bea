// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map: the trees differ in structure
// error: differs_at<>
#include <commfold/tree.hpp>

#include <array>

int main() {
  std::array const a{1, 2, 3};
#ifdef SHOULD_FAIL
  std::array const b{1, 2};
#else
  std::array const b{1, 2, 3};
#endif
  (void)commfold::tree_map([](int x, int) { return x; }, a, b);
}
