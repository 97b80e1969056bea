// SPDX-License-Identifier: BSL-1.0
// error: commfold::tree_unflatten.*the structure has {} leaves, and {} were given
// error[gcc]: array subscript value '2' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::tree_unflatten".*leaves, and.*were given".*, 2, 3\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/flatten.hpp>
#include <commfold/tree/nodes/standard.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t leaves = 3;
#else
constexpr std::size_t leaves = 2;
#endif
using tensors = std::vector<cf::tensor<cf::f32, 2>>;
constexpr std::size_t restored = cf::tree_unflatten(cf::tree_structure(tensors(2)), tensors(leaves)).size();

int main() { static_cast<void>(restored); }
