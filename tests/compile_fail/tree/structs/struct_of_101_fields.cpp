// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: a plain struct is taken apart up to 100 fields
#include <commfold/tree.hpp>

#define TEN(n) int n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7, n##8, n##9;
struct many {
  // clang-format off
  TEN(a) TEN(b) TEN(c) TEN(d) TEN(e) TEN(f) TEN(g) TEN(h) TEN(i) TEN(j)
  // clang-format on
#ifdef SHOULD_FAIL
      int last;
#endif
};

int main() { return static_cast<int>(commfold::sum_tensors(many{})); }
