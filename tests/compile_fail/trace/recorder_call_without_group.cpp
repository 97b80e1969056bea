// SPDX-License-Identifier: BSL-1.0
// error: commfold::recorder: an operator without a group communicates nothing; call it by itself
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr auto traffic = cf::trace([](auto& comm) {
  cf::tensor<cf::f32, 8> const t;
#ifdef SHOULD_FAIL
  comm.call(cf::c10d_functional::wait_tensor, t);
#else
  comm.call(cf::c10d_functional::all_reduce, cf::c10d_functional::wait_tensor(t), cf::sum, cf::process_group<"g", 4>{});
#endif
});

int main() { static_cast<void>(traffic); }
