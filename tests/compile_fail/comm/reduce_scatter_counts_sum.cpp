// SPDX-License-Identifier: BSL-1.0
// error: {} add up to {}, dimension 0 is {}
// error[gcc]: array subscript value '9' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*c10d::reduce_scatter_.*add up to.*, 9, 8\)
#include <commfold/trace/trace.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;
constexpr cf::tensor<cf::f32, 8, 2> t;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.reduce_scatter(t, cf::sum, std::array{3, 5, 0, 1}, 0, g);
#else
  comm.reduce_scatter(t, cf::sum, std::array{3, 4, 0, 1}, 0, g);
#endif
});

int main() { static_cast<void>(traffic); }
