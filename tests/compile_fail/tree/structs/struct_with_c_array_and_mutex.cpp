// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: a plain struct with a C array .*cannot be taken apart
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/sum.hpp>

#include <array>
#include <mutex>

namespace cf = commfold;

using weight = cf::tensor<cf::f32, 4>;
struct not_movable {
  explicit not_movable(int);
  not_movable(not_movable const&) = delete;
  int number;
};
template <>
struct commfold::node_traits<not_movable> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<std::mutex> : commfold::opaque_leaf {};
struct layer {
  not_movable state;
#ifdef SHOULD_FAIL
  weight w[2];
#else
  std::array<weight, 2> w;
#endif
  std::mutex mutex;
};

int main() { static_cast<void>(cf::sum_tensors_v<layer>); }
