// SPDX-License-Identifier: BSL-1.0
// error: fail_reduction
#include <commfold/comm/torch/dist.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto how = cf::reduce_op::product;
#else
constexpr auto how = cf::avg;
#endif
[[maybe_unused]] constexpr auto traffic = cf::trace([](auto& comm) { comm.dist().all_reduce(cf::tensor<cf::c64, 8>{}, how, g); });

int main() {}
