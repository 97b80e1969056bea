// SPDX-License-Identifier: BSL-1.0
// error: commfold::reduce_scatter_single: the group's size does not divide the scattered dimension; pad it
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
using tensor = cf::tensor<cf::f32, 8, 6>;
#else
using tensor = cf::tensor<cf::f32, 6, 8>;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.funcol().reduce_scatter_single(tensor{}, cf::sum, cf::size_c<1>, g); });

int main() { static_cast<void>(traffic); }
