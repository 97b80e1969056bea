// SPDX-License-Identifier: BSL-1.0
// error: the schedule has {} ranks, and the axis has {}
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/pipeline.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace pipeline = cf::parallel::pipeline;

#ifdef SHOULD_FAIL
constexpr cf::process_group<"pp", 2> pp;
#else
constexpr cf::process_group<"pp", 4> pp;
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  pipeline::schedule const of(pipeline::schedule_kind::gpipe, 4, 1, 8);
  pipeline::exchanges(comm, of, 0, pp, cf::tensor<cf::f32, 4>{});
});

int main() { static_cast<void>(traffic); }
