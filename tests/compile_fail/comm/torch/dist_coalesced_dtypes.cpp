// SPDX-License-Identifier: BSL-1.0
// error: commfold::all_reduce_coalesced: the tensors of one call have different dtypes
#include <commfold/comm/torch/dist.hpp>
#include <commfold/trace/trace.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
using other = cf::tensor<cf::bf16, 3>;
#else
using other = cf::tensor<cf::f32, 3>;
#endif
constexpr auto traffic =
    cf::trace([](auto& comm) { comm.dist().all_reduce_coalesced(std::tuple<cf::tensor<cf::f32, 8>, other>{}, cf::sum, g); });

int main() { static_cast<void>(traffic); }
