// SPDX-License-Identifier: BSL-1.0
// error: commfold::{}: the trees differ in structure{}: {} children against {}
// error[gcc]: array subscript value '2' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*the trees differ in structure.*"tree_map".*, 2, 3\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/nodes/standard.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t others = 3;
#else
constexpr std::size_t others = 2;
#endif
using tensors = std::vector<cf::tensor<cf::f32, 2>>;
constexpr auto first = [](auto const& a, auto const&) { return a; };
constexpr std::size_t mapped = cf::tree_map(first, tensors(2), tensors(others)).size();

int main() { static_cast<void>(mapped); }
