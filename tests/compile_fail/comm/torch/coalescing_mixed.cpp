// SPDX-License-Identifier: BSL-1.0
// error: calls of one operation are made as one, not {} .*{}.* and {}
#include <commfold/comm/torch/dist.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto second = cf::avg;
#else
constexpr auto second = cf::sum;
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  comm.dist().coalescing(g, [](auto& batch) {
    batch.all_reduce(cf::tensor<cf::f32, 8>{}, cf::sum);
    batch.all_reduce(cf::tensor<cf::f32, 3>{}, second);
  });
});

int main() { static_cast<void>(traffic); }
