// SPDX-License-Identifier: BSL-1.0
// error: {} {} of a tensor of rank {}
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr int dim = 2;
#else
constexpr int dim = 1;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.funcol().all_gather_single(cf::tensor<cf::f32, 8, 2>{}, dim, g); });

int main() { static_cast<void>(traffic); }
