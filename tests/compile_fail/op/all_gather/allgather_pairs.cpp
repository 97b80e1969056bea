// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_: the lists of inputs and outputs are not of one length
// error[gcc]: refuse\(\) \[with .*lengths_differ; .*= \{1, 2\}
// error[clang]: refuse<.*lengths_differ, 1UL, 2UL>
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
[[maybe_unused]] constexpr std::array<std::array<cf::tensor<cf::f32, 8>, 4>, 1> four{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_(four, std::array{x, x}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_(four, std::array{x}, g);
#endif
}
