// SPDX-License-Identifier: BSL-1.0
// error: fail_splits
// error[clang]: expect_splits\(.*9, 8\)
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
