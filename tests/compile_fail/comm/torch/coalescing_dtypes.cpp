// SPDX-License-Identifier: BSL-1.0
// error: fail_mixed_dtypes
#include <commfold/comm/torch/dist.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
using second = cf::tensor<cf::bf16, 3>;
#else
using second = cf::tensor<cf::f32, 3>;
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  comm.dist().coalescing(g, [](auto& batch) {
    batch.all_reduce(cf::tensor<cf::f32, 8>{}, cf::sum);
    batch.all_reduce(second{}, cf::sum);
  });
});

int main() { static_cast<void>(traffic); }
