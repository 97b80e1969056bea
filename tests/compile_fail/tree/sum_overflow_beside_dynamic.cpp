// SPDX-License-Identifier: BSL-1.0
// error: commfold::sum_tensors: the bytes of this tree do not fit std::size_t
#include <commfold/tree.hpp>

#include <array>
#include <tuple>

using quarter = commfold::tensor<commfold::u8, (std::size_t{1} << 62)>;

int main() {
#ifdef SHOULD_FAIL
  std::tuple<quarter, commfold::tensor<commfold::u8, commfold::dyn>, std::array<quarter, 3>> const tree{};
#else
  std::tuple<quarter, commfold::tensor<commfold::u8, commfold::dyn>, std::array<quarter, 2>> const tree{};
#endif
  (void)commfold::sum_tensors(tree);
}
