// SPDX-License-Identifier: BSL-1.0
// error: commfold::extents: a shape has at most 16 dimensions
#include <commfold/tensor/extents.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  (void)cf::extents<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17>{};
#else
  (void)cf::extents<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16>{};
#endif
}
