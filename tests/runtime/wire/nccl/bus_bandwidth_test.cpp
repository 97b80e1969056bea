// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/bus_bandwidth.hpp>

#include <commfold/wire/nccl/algorithms.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>

namespace cf = commfold;
namespace nccl = commfold::nccl;

TEST_CASE("what has no bus bandwidth is refused", "[wire][nccl]") {
  using enum cf::collective_kind;
  CHECK_THROWS_WITH(nccl::bus_bandwidth_factor(barrier, 8),
                    "commfold::nccl::bus_bandwidth_factor: barrier moves no bytes and has no bus bandwidth");
  CHECK_THROWS_WITH(nccl::bus_bandwidth_factor(wait, 8),
                    "commfold::nccl::bus_bandwidth_factor: wait moves no bytes and has no bus bandwidth");
  CHECK_THROWS_WITH(nccl::bus_bandwidth_factor(all_reduce, 0), "commfold::nccl::bus_bandwidth_factor: 0 ranks are no group");
  CHECK_THROWS_AS(nccl::bus_bandwidth_factor(all_reduce, ~std::size_t{0}), cf::invalid_argument);
  CHECK_THROWS_WITH(nccl::algorithm_bandwidth(64, 0), "commfold::nccl::algorithm_bandwidth: 64 bytes in no time have no bandwidth");
  CHECK_THROWS_AS(nccl::bus_bandwidth(all_reduce, 8, 64, -1), cf::invalid_argument);
}

TEST_CASE("bytes on the wire that are too many are refused", "[wire][nccl]") {
  CHECK_THROWS_WITH(nccl::wire_bytes(nccl::protocol::ll, ~std::size_t{0} / 2 + 1),
                    "commfold::nccl::wire_bytes: the number of bytes on the wire does not fit std::size_t");
}
