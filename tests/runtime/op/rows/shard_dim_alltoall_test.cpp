// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/shard_dim_alltoall.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>

namespace cf = commfold;
using cf::dtensor::shard_dim_alltoall;

TEST_CASE("shard_dim_alltoall: a tensor that cannot be sharded anew", "[collective]") {
  constexpr cf::process_group<"g", 4> g;
  cf::dynamic_tensor const x(cf::f32, {8, 6});
  CHECK(shard_dim_alltoall(x, 1, 0, g) == cf::dynamic_tensor(cf::f32, {2, 24}, {24, 1}, 768));

  auto const words = [](std::string const& why) { return "commfold::_dtensor::shard_dim_alltoall: " + why; };
  CHECK(refusal([&] { return shard_dim_alltoall(x, 2, 0, g); }) == words("gather_dim 2 of a tensor of rank 2"));
  CHECK(refusal([&] { return shard_dim_alltoall(x, 0, 3, g); }) == words("shard_dim 3 of a tensor of rank 2"));
  CHECK(refusal([&] { return shard_dim_alltoall(x, -1, 0, g); }) == words("-1 is negative; a size never is"));
  CHECK(refusal([&] { return shard_dim_alltoall(x, 0, -2, g); }) == words("-2 is negative; a size never is"));
  CHECK(refusal([&] { return shard_dim_alltoall(x, 0, 1, g); }) ==
        words("dimension 1 of the gathered tensor is not divisible by the group's size (4); pad it"));
  CHECK(refusal([&] { return shard_dim_alltoall(cf::dynamic_tensor(cf::f32, {}), 0, 0, g); }) ==
        words("gather_dim 0 of a tensor of rank 0"));
  CHECK(refusal([&] { return shard_dim_alltoall(cf::tensor<cf::f32, 8, 6>{}, 0, 1, g); }) ==
        words("dimension 1 of the gathered tensor is not divisible by the group's size (4); pad it"));
  cf::dynamic_tensor const huge(cf::u8, {4, std::size_t{1} << 60});
  CHECK(refusal<cf::overflow_error>([&] { return shard_dim_alltoall(huge, 1, 0, g); }) ==
        words("the size of the gathered tensor does not fit std::size_t"));
}
