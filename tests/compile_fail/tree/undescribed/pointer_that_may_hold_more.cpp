// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: what this range or pointer shows holds no tensor, and its class says nothing of its other members
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;
class buffer {
 public:
  using element_type = double;
  explicit buffer(double* data) : data_(data) {}
  double* get() const { return data_; }
  double& operator*() const { return *data_; }
  explicit operator bool() const { return data_ != nullptr; }

 private:
  double* data_;
  [[maybe_unused]] tensor w_;
};
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<buffer> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(buffer(nullptr))); }
