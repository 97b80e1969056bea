// SPDX-License-Identifier: BSL-1.0
// error: dimension 0 is {}, which is none of the counts
#include <commfold/trace/trace.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;
constexpr cf::tensor<cf::f32, 8, 2> t;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.all_gather(t, std::array{7, 1, 2, 3}, g);
#else
  comm.all_gather(t, std::array{8, 1, 2, 3}, g);
#endif
});

int main() { static_cast<void>(traffic); }
