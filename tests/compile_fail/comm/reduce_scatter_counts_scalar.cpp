// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::reduce_scatter_: a tensor without dimensions has no dimension 0 to divide
#include <commfold/trace/trace.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.reduce_scatter(cf::tensor<cf::f32>{}, cf::sum, std::array{1, 0, 0, 0}, 0, g);
#else
  comm.reduce_scatter(cf::tensor<cf::f32, 1>{}, cf::sum, std::array{1, 0, 0, 0}, 0, g);
#endif
});

int main() { static_cast<void>(traffic); }
