// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_map_only_with_path: a predicate that is answered at run time cannot change the type of a leaf
#include <commfold/tree.hpp>

#include <string>
#include <tuple>

int main() {
  auto const text = [](commfold::tree_path const&, int n) { return std::to_string(n); };
#ifdef SHOULD_FAIL
  auto const which = [](int n) { return n > 1; };
#else
  auto const which = commfold::is_type<int>;
#endif
  (void)commfold::tree_map_only_with_path(which, text, std::tuple{1, 2});
}
