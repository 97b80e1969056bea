// SPDX-License-Identifier: BSL-1.0
// error: commfold::_dtensor::shard_dim_alltoall: the tensor has no dimension gather_dim
#include <commfold/op/rows/shard_dim_alltoall.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::dtensor::shard_dim_alltoall(cf::tensor<cf::f32>{}, cf::size_c<0>, cf::size_c<0>, g);
#else
  [[maybe_unused]] auto made = cf::dtensor::shard_dim_alltoall(cf::tensor<cf::f32, 1>{}, cf::size_c<0>, cf::size_c<0>, g);
#endif
}
