// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::reduce_: a root, source or destination is not a rank of the group
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;
constexpr cf::tensor<cf::f32, 8, 2> t;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.reduce(t, cf::sum, cf::size_c<4>, g);
#else
  comm.reduce(t, cf::sum, cf::size_c<3>, g);
#endif
});

int main() { static_cast<void>(traffic); }
