// SPDX-License-Identifier: BSL-1.0
// error: commfold::batch_isend_irecv.*the operations of one batch are over one group, not .*{}.* and .*{}
#include <commfold/comm/torch/dist.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr cf::process_group<"h", 4> other;
#else
constexpr cf::process_group<"g"> other{4};
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  cf::tensor<cf::f32, 8> const t;
  comm.dist().batch_isend_irecv(cf::p2p_isend{t, 1, g}, cf::p2p_irecv{t, 3, other});
});

int main() { static_cast<void>(traffic); }
