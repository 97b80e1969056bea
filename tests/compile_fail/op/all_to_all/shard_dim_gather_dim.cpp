// SPDX-License-Identifier: BSL-1.0
// error: commfold::_dtensor::shard_dim_alltoall: the tensor has no dimension gather_dim
// error[gcc]: refuse\(\) \[with .*no_gather_dim; .*= \{2\}
// error[clang]: refuse<.*no_gather_dim, 2UL>
#include <commfold/op/rows/shard_dim_alltoall.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8, 6> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::dtensor::shard_dim_alltoall(x, cf::size_c<2>, cf::size_c<0>, g);
#else
  [[maybe_unused]] auto made = cf::dtensor::shard_dim_alltoall(x, cf::size_c<1>, cf::size_c<0>, g);
#endif
}
