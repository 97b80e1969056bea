// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/topology.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;

constexpr nccl::machine no_bandwidth{"unmeasured", 90, nccl::host_cpu::arm, [](std::size_t) {
                                       return nccl::channel_graphs{.ring = {.channels = 4, .bw_intra = 20, .bw_inter = 20},
                                                                   .tree = {.channels = 2, .bw_intra = 20}};
                                     }};
constexpr nccl::machine nine{"nine", 9, nccl::host_cpu::intel, nccl::h100_8nic.graphs};

}  // namespace

TEST_CASE("ranks that a machine cannot hold are refused", "[wire][nccl]") {
  using nccl::topology;
  CHECK_THROWS_AS(topology(nccl::h100_8nic, 0, 1), cf::invalid_argument);
  CHECK_THROWS_WITH(topology(nccl::h100_8nic, 0, 1), "commfold::nccl::topology: 0 ranks on 1 nodes: there is at least one of each");
  CHECK_THROWS_WITH(topology(nccl::h100_8nic, 8, 0), "commfold::nccl::topology: 8 ranks on 0 nodes: there is at least one of each");
  CHECK_THROWS_WITH(topology(nccl::h100_8nic, 12, 8),
                    "commfold::nccl::topology: 12 ranks are no multiple of 8 nodes; NCCL's model has as many ranks on each");
  CHECK_THROWS_WITH(topology(nccl::h100_8nic, 2, 4),
                    "commfold::nccl::topology: 2 ranks are no multiple of 4 nodes; NCCL's model has as many ranks on each");
  CHECK_THROWS_WITH(topology(nccl::a100_8nic, 32, 2),
                    "commfold::nccl::topology: for 16 ranks a node, machine 'a100-8nic' has no channel graphs");
  CHECK_THROWS_WITH(topology(nccl::b200_8nic, 3, 1),
                    "commfold::nccl::topology: for 3 ranks a node, machine 'b200-8nic' has no channel graphs");
  CHECK_THROWS_WITH(topology(nccl::h100_8nic, (std::size_t{1} << 30) + 8, 1),
                    "commfold::nccl::topology: 1073741832 ranks are more than NCCL counts steps for, 1073741824");
  CHECK_THROWS_WITH(topology(no_bandwidth, 8, 1),
                    "commfold::nccl::topology: a graph of 2 channels of machine 'unmeasured' has no bandwidth");
  CHECK_THROWS_WITH(topology(nine, 8, 1), "commfold::nccl::topology: 9 is no compute capability; 9.0 is written as 90");
}

TEST_CASE("a machine that nobody knows is refused", "[wire][nccl]") {
  CHECK_THROWS_WITH(nccl::machine_from_name("h100"),
                    "commfold::nccl::machine_from_name: no machine is called 'h100'; there are h100-8nic, a100-8nic and b200-8nic");
}
