// SPDX-License-Identifier: BSL-1.0
// A recorder has all its calls behind its own header: none waits for another one.
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

namespace {

constexpr cf::process_group<"g", 4> g;
constexpr cf::tensor<cf::f32, 4> t;

constexpr auto traffic = cf::trace([](auto& comm) {
  comm.dist().all_reduce(t, cf::sum, g);
  comm.dist().batch_isend_irecv(cf::p2p_isend(t, 1, g), cf::p2p_irecv(t, 2, g));
  comm.funcol().all_reduce(t, cf::sum, g);
  comm.named_scope("layer", [&] { comm.gather(t, 1, g); });
  comm.sendrecv(t, 1, t, 2, g);
});
static_assert(traffic.calls() == 7);

}  // namespace
