// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor_coalesced: the group's size does not divide dimension 0 of the input; pad it
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

struct weights {
  cf::tensor<cf::f32, 8> w;
#ifdef SHOULD_FAIL
  cf::tensor<cf::f32, 6> b;
#else
  cf::tensor<cf::f32, 4> b;
#endif
};

int main() { [[maybe_unused]] auto shards = cf::c10d_functional::reduce_scatter_tensor_coalesced(weights{}, cf::sum, g.size, g); }
