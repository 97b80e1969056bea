// SPDX-License-Identifier: BSL-1.0
// error: commfold::view_as_real: a complex tensor of rank 16 has no view of rank 17
#include <commfold/comm/torch/dist.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
using tensor = cf::tensor<cf::c64, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1>;
#else
using tensor = cf::tensor<cf::c64, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1>;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.dist().all_reduce(tensor{}, cf::sum, g); });

int main() { static_cast<void>(traffic); }
