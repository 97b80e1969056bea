// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_: a list of lists of tensors is wanted; std::tuple\{a_tuple\} is a copy of a list,
// error: a copy of a list, std::array\{a_tuple\} a list of one
#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::tuple outputs{x, x, x, x};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::allgather_(std::tuple{outputs}, std::tuple{x}, g);
#else
  [[maybe_unused]] auto made = cf::c10d::allgather_(std::array{outputs}, std::tuple{x}, g);
#endif
}
