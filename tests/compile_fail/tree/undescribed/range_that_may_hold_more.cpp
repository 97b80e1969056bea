// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: what this range or pointer shows holds no tensor, and its class says nothing of its other members
#include <commfold/tree.hpp>

#include <vector>

using tensor = commfold::tensor<commfold::f32, 4>;
class losses {
 public:
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::vector<double> values_;
  [[maybe_unused]] tensor weight_;
};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<losses> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(losses{})); }
