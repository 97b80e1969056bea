// SPDX-License-Identifier: BSL-1.0
// error: commfold::extents: the number of elements does not fit
#include <commfold/tensor/extents.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  (void)cf::extents<(std::size_t{1} << 32), (std::size_t{1} << 32)>{}.numel();
#else
  (void)cf::extents<(std::size_t{1} << 32), (std::size_t{1} << 31)>{}.numel();
#endif
}
