// SPDX-License-Identifier: BSL-1.0
// error: the first backward of a static graph is under no_sync
#include <commfold/parallel/ddp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;

#ifdef SHOULD_FAIL
constexpr bool synchronise = false;
#else
constexpr bool synchronise = true;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  ddp::replicated_model model(ddp::pieces_of(cf::tensor<cf::f32, 8>{}), {}, {.static_graph = true}, cf::process_group<"world", 4>{});
  model.backward(comm, synchronise);
});

int main() { static_cast<void>(traffic); }
