// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::scatter_: the group's size does not divide dimension 0 of the input; pad it
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.scatter(cf::tensor<cf::f32, 10>{}, 0, g);
#else
  comm.scatter(cf::tensor<cf::f32, 12>{}, 0, g);
#endif
});

int main() { static_cast<void>(traffic); }
