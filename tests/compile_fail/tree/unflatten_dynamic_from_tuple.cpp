// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_unflatten: the number of leaves of this structure is known at run time only; pass a std::vector
#include <commfold/tree.hpp>

#include <vector>

int main() {
  auto const structure = commfold::tree_structure(std::vector{1, 2});
#ifdef SHOULD_FAIL
  boost::hana::basic_tuple<int, int> const leaves{1, 2};
#else
  std::vector const leaves{1, 2};
#endif
  (void)commfold::tree_unflatten(structure, leaves);
}
