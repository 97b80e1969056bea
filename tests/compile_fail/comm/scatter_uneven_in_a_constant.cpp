// SPDX-License-Identifier: BSL-1.0
// error: dimension 0 of the input \({}\) is not divisible by the group.*s size \({}\); pad it
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.scatter(cf::tensor<cf::f32, cf::dyn>{10}, 0, g);
#else
  comm.scatter(cf::tensor<cf::f32, cf::dyn>{12}, 0, g);
#endif
});

int main() { static_cast<void>(traffic); }
