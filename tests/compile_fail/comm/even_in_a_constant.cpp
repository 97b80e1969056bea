// SPDX-License-Identifier: BSL-1.0
// error: dimension 0 of the input \({}\) is not divisible by the group.*s size \({}\); pad it
// error[gcc]: array subscript value '10' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*_c10d_functional::reduce_scatter_tensor".*is not divisible by the group.*, 10, 4\)
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr std::size_t rows = 10;
#else
constexpr std::size_t rows = 12;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.reduce_scatter(cf::tensor<cf::f32, cf::dyn>(rows), cf::sum, g); });

int main() { static_cast<void>(traffic); }
