// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_gather_into_tensor: dimension 0 of the result does not fit std::size_t
// error[gcc]: refuse\(\) \[with .*result_too_large; .*= \{4611686018427387904, 4\}
// error[clang]: refuse<.*result_too_large, 4611686018427387904UL, 4UL>
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d_functional::all_gather_into_tensor(cf::tensor<cf::u8, (std::size_t{1} << 62)>{}, g.size, g);
#else
  [[maybe_unused]] auto made = cf::c10d_functional::all_gather_into_tensor(cf::tensor<cf::u8, (std::size_t{1} << 61)>{}, g.size, g);
#endif
}
