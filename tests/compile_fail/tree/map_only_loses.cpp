// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map_only: a predicate that is answered at run time cannot change the type of a leaf
#include <commfold/tree.hpp>

#include <tuple>

int main() {
  auto const positive = [](int n) { return n > 0; };
#ifdef SHOULD_FAIL
  auto const half = [](int n) { return n / 2.0; };
#else
  auto const half = [](int n) { return n / 2; };
#endif
  (void)commfold::tree_map_only(positive, half, std::tuple{1, 2});
}
