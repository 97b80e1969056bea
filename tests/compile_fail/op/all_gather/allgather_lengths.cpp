// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_: a list does not have one entry for each rank of the group
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
[[maybe_unused]] constexpr std::array<std::array<cf::tensor<cf::f32, 8>, 4>, 1> four{};
[[maybe_unused]] constexpr std::array<std::array<cf::tensor<cf::f32, 8>, 3>, 1> three{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_(three, std::array{x}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_(four, std::array{x}, g);
#endif
}
