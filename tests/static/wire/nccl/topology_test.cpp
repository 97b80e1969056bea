// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/topology.hpp>

#include <cstddef>

namespace {
namespace nccl = commfold::nccl;

constexpr nccl::topology cluster(nccl::h100_8nic, 256, 32);
static_assert(cluster.ranks() == 256 && cluster.nodes() == 32 && cluster.ranks_per_node() == 8);
static_assert(cluster.version() == nccl::version::v2_30 && cluster.cpu() == nccl::host_cpu::intel);
static_assert(nccl::topology(nccl::h100_8nic, 8, 1, nccl::version::v2_27).version() == nccl::version::v2_27);

static_assert(cluster.graph(nccl::algorithm::nvls).channels == 16 && cluster.graph(nccl::algorithm::nvls_tree).channels == 16);
static_assert(cluster.graph(nccl::algorithm::collnet_direct).channels == 0 && cluster.graph(nccl::algorithm::collnet_chain).channels == 0);
static_assert(nccl::topology(nccl::h100_8nic, 4, 4).graph(nccl::algorithm::ring).channels == 2);

constexpr nccl::channel_graphs two_rings(std::size_t) { return {.ring = {.channels = 2, .bw_intra = 10, .bw_inter = 10}}; }
constexpr nccl::generation generation_of(std::size_t compute_capability) {
  return nccl::topology({"mine", compute_capability, nccl::host_cpu::arm, two_rings}, 72, 1).generation();
}
static_assert(generation_of(70) == nccl::generation::volta && generation_of(79) == nccl::generation::volta);
static_assert(generation_of(80) == nccl::generation::ampere && generation_of(89) == nccl::generation::ampere);
static_assert(generation_of(90) == nccl::generation::hopper && generation_of(99) == nccl::generation::hopper);
static_assert(generation_of(100) == nccl::generation::blackwell && generation_of(120) == nccl::generation::blackwell);

}  // namespace
