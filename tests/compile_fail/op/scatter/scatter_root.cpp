// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::scatter_: a root, source or destination is not a rank of the group
#include <commfold/op/rows/scatter.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::scatter_(std::tuple{x}, std::tuple{}, g, cf::size_c<4>);
#else
  [[maybe_unused]] auto made = cf::c10d::scatter_(std::tuple{x}, std::tuple{}, g, cf::size_c<3>);
#endif
}
