// SPDX-License-Identifier: BSL-1.0
// error: commfold::all_gather_single: a part of a packed dtype would end within a byte
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
using mine = cf::tensor<cf::dtype::quint4x2, 8, 3>;
#else
using mine = cf::tensor<cf::dtype::quint4x2, 8, 4>;
#endif
[[maybe_unused]] constexpr auto traffic = cf::trace([](auto& comm) { comm.funcol().all_gather_single(mine{}, cf::size_c<1>, g); });

int main() {}
