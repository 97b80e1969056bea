// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_unflatten: the structure has another number of leaves
#include <commfold/tree.hpp>

#include <tuple>

int main() {
  auto const structure = commfold::tree_structure(std::tuple{1, std::tuple{2, 3}});
#ifdef SHOULD_FAIL
  boost::hana::basic_tuple<int, int> const leaves{1, 2};
#else
  boost::hana::basic_tuple<int, int, int> const leaves{1, 2, 3};
#endif
  (void)commfold::tree_unflatten(structure, leaves);
}
