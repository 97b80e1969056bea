// SPDX-License-Identifier: BSL-1.0
// error: commfold::_dtensor::shard_dim_alltoall: the group's size does not divide dimension shard_dim; pad it
// error[gcc]: refuse\(\) \[with .*uneven_shard_dim; .*= \{4\}
// error[clang]: refuse<.*uneven_shard_dim, 4UL>
#include <commfold/op/rows/shard_dim_alltoall.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8, 6> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::dtensor::shard_dim_alltoall(x, cf::size_c<0>, cf::size_c<1>, g);
#else
  [[maybe_unused]] auto made = cf::dtensor::shard_dim_alltoall(x, cf::size_c<1>, cf::size_c<0>, g);
#endif
}
