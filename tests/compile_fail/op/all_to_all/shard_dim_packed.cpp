// SPDX-License-Identifier: BSL-1.0
// error: commfold::_dtensor::shard_dim_alltoall: a part of a packed dtype would end within a byte
#include <commfold/op/rows/shard_dim_alltoall.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto out = cf::dtensor::shard_dim_alltoall(cf::tensor<cf::dtype::quint4x2, 8, 3>{}, cf::size_c<1>, cf::size_c<0>, g);
#else
  [[maybe_unused]] auto out = cf::dtensor::shard_dim_alltoall(cf::tensor<cf::dtype::quint4x2, 8, 4>{}, cf::size_c<1>, cf::size_c<0>, g);
#endif
}
