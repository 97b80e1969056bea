// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_for_each_with_path: the trees differ in structure
// error: differs_at<1, 1>
#include <commfold/tree.hpp>

#include <tuple>

int main() {
  std::tuple const a{1, std::tuple{2, std::tuple{3, 4}}};
#ifdef SHOULD_FAIL
  std::tuple const b{1, std::tuple{2, std::tuple{3}}};
#else
  std::tuple const b{1, std::tuple{2, std::tuple{3, 4}}};
#endif
  commfold::tree_for_each_with_path([](auto const&, int, int) {}, a, b);
}
