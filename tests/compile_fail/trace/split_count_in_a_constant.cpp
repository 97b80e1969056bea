// SPDX-License-Identifier: BSL-1.0
// error: {} has {} sizes for a group of {}
// error[gcc]: array subscript value '3' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*_c10d_functional::all_to_all_single".*sizes for a group of.*"input_split_sizes".0., 3, 4\)
#include <commfold/trace/trace.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr std::size_t sizes = 3;
#else
constexpr std::size_t sizes = 4;
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  std::vector<std::size_t> const splits(sizes, 2);
  comm.call(cf::c10d_functional::all_to_all_single, cf::tensor<cf::f32, 8>{}, splits, splits, g);
});

int main() { static_cast<void>(traffic); }
