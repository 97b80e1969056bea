// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_coalesced_: the lists of inputs and outputs are not of one length
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr std::array<cf::tensor<cf::f32, 8>, 2> two{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_coalesced_(std::array{two, two, two, two}, std::array{two[0]}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_coalesced_(std::array{two, two, two, two}, two, g);
#endif
}
