// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::scatter_: a list of lists of tensors is wanted; std::tuple\{a_tuple\} is a copy of a list,
// error: a copy of a list, std::array\{a_tuple\} a list of one
#include <commfold/op/rows/scatter.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;
constexpr std::tuple inputs{x, x, x, x};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::c10d::scatter_(std::tuple{x}, inputs, g, 0);
#else
  [[maybe_unused]] auto made = cf::c10d::scatter_(std::tuple{x}, std::tuple<decltype(inputs)>{inputs}, g, 0);
#endif
}
