// SPDX-License-Identifier: BSL-1.0
// error: DDP has its final buckets from iteration 2 on
#include <commfold/parallel/ddp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;

#ifdef SHOULD_FAIL
constexpr std::size_t start = 1;
#else
constexpr std::size_t start = 2;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  ddp::replicated_model model(ddp::pieces_of(cf::tensor<cf::f32, 8>{}), {},
                              {.comm_hook = {.kind = ddp::hook_kind::power_sgd, .start_iteration = start}},
                              cf::process_group<"world", 4>{});
  model.backward(comm);
});

int main() { static_cast<void>(traffic); }
