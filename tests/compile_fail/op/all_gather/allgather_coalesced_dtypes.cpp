// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_coalesced_: the tensors of one call have different dtypes
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::array<std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 2>>, 4> outputs{};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_coalesced_(outputs, std::tuple{x, cf::tensor<cf::bf16, 2>{}}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_coalesced_(outputs, std::tuple{x, cf::tensor<cf::f32, 2>{}}, g);
#endif
}
