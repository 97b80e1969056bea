// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::scatter_: a tensor without dimensions has no dimension 0 to divide
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.scatter(cf::tensor<cf::f32>{}, 0, g);
#else
  comm.scatter(cf::tensor<cf::f32, 4>{}, 0, g);
#endif
});

int main() { static_cast<void>(traffic); }
