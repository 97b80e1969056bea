// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/machine.hpp>

#include <cstddef>

namespace {
namespace nccl = commfold::nccl;

static_assert(nccl::machine_from_name("b200-8nic").compute_capability == 100);
static_assert(nccl::machine_from_name("a100-8nic").cpu == nccl::host_cpu::amd);

constexpr nccl::channel_graphs h100_of_4 = nccl::h100_8nic.graphs(4);
static_assert(h100_of_4.ring.channels == 8 && h100_of_4.ring.bw_intra == 24 && h100_of_4.ring.bw_inter == 24);
static_assert(h100_of_4.tree.channels == 8 && h100_of_4.tree.bw_intra == 48 && h100_of_4.tree.bw_inter == 24 &&
              h100_of_4.tree.tree_pattern);
static_assert(!nccl::h100_8nic.graphs(2).tree.tree_pattern && nccl::h100_8nic.graphs(2).tree.channels == 4);
static_assert(nccl::h100_8nic.graphs(8).tree.bw_inter == 48 && nccl::h100_8nic.graphs(8).ring.bw_inter == 48);
static_assert(nccl::a100_8nic.graphs(1).nvls.channels == 0 && nccl::b200_8nic.graphs(1).nvls.channels == 24);

/// No graph is made up for a number of ranks that was not run.
constexpr bool others_are_unknown = [] {
  for (nccl::machine const& m : nccl::machine_presets)
    for (std::size_t const ranks : {0U, 3U, 5U, 6U, 7U, 9U, 16U, 72U})
      if (m.graphs(ranks).ring.channels != 0) return false;
  return true;
}();
static_assert(others_are_unknown);

}  // namespace
