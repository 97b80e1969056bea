// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::reduce_scatter_: a list does not have one entry for each rank of the group
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
[[maybe_unused]] constexpr std::array<std::array<cf::tensor<cf::f32, 8>, 4>, 1> four{};
[[maybe_unused]] constexpr std::array<std::array<cf::tensor<cf::f32, 8>, 3>, 1> three{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::reduce_scatter_(std::array{x}, three, g, cf::sum);
#else
  [[maybe_unused]] auto made = cf::c10d::reduce_scatter_(std::array{x}, four, g, cf::sum);
#endif
}
