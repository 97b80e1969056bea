// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::scatter_: a part of a packed dtype would end within a byte
#include <commfold/comm/communicator_base.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
using whole = cf::tensor<cf::dtype::quint4x2, 12>;
#else
using whole = cf::tensor<cf::dtype::quint4x2, 16>;
#endif
[[maybe_unused]] constexpr auto traffic = cf::trace([](auto& comm) { comm.scatter(whole{}, 0, g); });

int main() {}
