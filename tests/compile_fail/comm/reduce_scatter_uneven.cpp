// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor: the group's size does not divide dimension 0 of the input; pad it
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

struct layer {
  cf::tensor<cf::bf16, 64, 8> w;
#ifdef SHOULD_FAIL
  cf::tensor<cf::bf16, 10> b;
#else
  cf::tensor<cf::bf16, 12> b;
#endif
};
constexpr auto traffic = cf::trace([](auto& comm) { comm.reduce_scatter(layer{}, cf::sum, g); });

int main() { static_cast<void>(traffic); }
