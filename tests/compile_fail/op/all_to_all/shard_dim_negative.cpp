// SPDX-License-Identifier: BSL-1.0
// error: {} is negative; a size never is
// error[gcc]: array subscript value '-1' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*shard_dim_alltoall".*is negative.*, -1\)
#include <commfold/op/rows/shard_dim_alltoall.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8, 6> x;

int main() {
#ifdef SHOULD_FAIL
  constexpr auto made = cf::dtensor::shard_dim_alltoall(x, -1, 0, g);
  static_cast<void>(made);
#else
  constexpr auto made = cf::dtensor::shard_dim_alltoall(x, 1, 0, g);
  static_cast<void>(made);
#endif
}
