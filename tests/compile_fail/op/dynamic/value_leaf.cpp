// SPDX-License-Identifier: BSL-1.0
// error: commfold::dynamic_value: a leaf of a dynamic_value maps to what one can hold
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tree.hpp>

#include <utility>

int main() {
#ifdef SHOULD_FAIL
  auto const name = [](auto const& tensor) { return std::pair(1, commfold::rank_of(tensor)); };
#else
  auto const name = [](auto const& tensor) { return commfold::rank_of(tensor); };
#endif
  (void)commfold::tree_map_only(commfold::is_tensor, name, commfold::dynamic_value::list(1, commfold::tensor<commfold::f32, 4>{}));
}
