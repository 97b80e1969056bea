// SPDX-License-Identifier: BSL-1.0
// error: commfold::all_gather_single: the tensor has no dimension gather_dim or scatter_dim
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto dim = cf::size_c<2>;
#else
constexpr auto dim = cf::size_c<1>;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.funcol().all_gather_single(cf::tensor<cf::f32, 8, 2>{}, dim, g); });

int main() { static_cast<void>(traffic); }
