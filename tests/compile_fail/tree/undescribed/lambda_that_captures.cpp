// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: this class says nothing of its members, and a tensor among them would not be counted; give node_traits<T> its members
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;

int main() {
  tensor const t;
  int steps = 2;
  auto const body = [t, steps = ++steps] { return steps + static_cast<int>(t.rank()); };
#ifdef SHOULD_FAIL
  return static_cast<int>(commfold::sum_tensors(std::tuple{t, body}));
#else
  return static_cast<int>(commfold::sum_tensors(t)) - body();
#endif
}
