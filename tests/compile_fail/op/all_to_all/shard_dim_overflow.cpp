// SPDX-License-Identifier: BSL-1.0
// error: commfold::_dtensor::shard_dim_alltoall: the size of the gathered tensor does not fit std::size_t
// error[gcc]: refuse\(\) \[with .*gathered_too_large; .*= \{4\}
// error[clang]: refuse<.*gathered_too_large, 4UL>
#include <commfold/op/rows/shard_dim_alltoall.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made =
      cf::dtensor::shard_dim_alltoall(cf::tensor<cf::u8, 4, (std::size_t{1} << 60)>{}, cf::size_c<1>, cf::size_c<0>, g);
#else
  [[maybe_unused]] auto made =
      cf::dtensor::shard_dim_alltoall(cf::tensor<cf::u8, 4, (std::size_t{1} << 59)>{}, cf::size_c<1>, cf::size_c<0>, g);
#endif
}
