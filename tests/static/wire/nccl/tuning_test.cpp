// SPDX-License-Identifier: BSL-1.0
// The formulas by hand, where the measured rows do not go: they have no PCI, no extra latency of the network and no 2.27.
#include <commfold/wire/nccl/tuning.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;
using cf::collective_kind;
using nccl::algorithm;
using nccl::protocol;
using nccl::topology;
using nccl::version;

constexpr topology h100(std::size_t ranks, std::size_t nodes, version v = version::v2_30) { return {nccl::h100_8nic, ranks, nodes, v}; }

// Ring of 16 on 2 nodes: 30 steps, 2 of them through the network; 8 channels of 48 GB/s; S / t is 16 / 30 of the bus.
static_assert(nccl::tuning_of(collective_kind::all_reduce, algorithm::ring, protocol::ll128, h100(16, 2)).latency_us ==
              14.0F + (28 * 1.9F + 2 * 4.0F));
static_assert(nccl::tuning_of(collective_kind::broadcast, algorithm::ring, protocol::simple, h100(16, 2)) == nccl::tuning{22.4F, 384});
static_assert(nccl::tuning_of(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, h100(16, 2)).latency_us ==
              25 + 2 * 20.9F);

// 2.27: another hop of NVLSTree, no efficiency of NVLS, 5 / 6 of the bus.
static_assert(nccl::tuning_of(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, h100(16, 2, version::v2_27)) ==
              nccl::tuning{25 + 2 * 14, 16 * 20 * (5 / 6.0F)});
static_assert(nccl::tuning_of(collective_kind::all_reduce, algorithm::nvls, protocol::simple, h100(8, 1, version::v2_27)) ==
              nccl::tuning{25, 16 * 20 * (5 / 6.0F)});

// A machine of one's own: PCI in the node, and a network that adds 1 us to each of its hops, twice under Simple.
constexpr nccl::channel_graph slow{
    .channels = 2, .bw_intra = 10, .bw_inter = 5, .intra = nccl::local_link::pci, .same_channels = false, .latency_inter = 1};
constexpr nccl::machine pci{"pci", 75, nccl::host_cpu::amd, [](std::size_t) { return nccl::channel_graphs{.ring = slow, .tree = slow}; }};
static_assert(nccl::tuning_of(collective_kind::all_gather, algorithm::ring, protocol::ll, topology(pci, 4, 2)).latency_us ==
              6.6F + (2 * 2.0F + 1 * (2.7F + 1)));  // AMD's overhead of 2 us is above PCI's hop of 1 us
static_assert(nccl::tuning_of(collective_kind::all_reduce, algorithm::tree, protocol::simple, topology(pci, 8, 4)).latency_us ==
              8.4F + 2 * (4.0F + 2 * (14.0F + 2)));
static_assert(nccl::tuning_of(collective_kind::reduce, algorithm::ring, protocol::simple, topology(pci, 8, 4)).latency_us ==
              8.4F + 8 * 14.0F);  // another order in each channel: a Tree's hop for each rank
static_assert(nccl::tuning_of(collective_kind::reduce, algorithm::ring, protocol::ll, topology(pci, 4, 1)).latency_us == 6.6F + 4 * 1.0F);

// Who is a candidate.
constexpr bool candidate(collective_kind kind, algorithm a, protocol p, topology const& on) { return nccl::is_candidate(kind, a, p, on); }
static_assert(!candidate(collective_kind::all_gather, algorithm::tree, protocol::ll, h100(16, 2)));
static_assert(!candidate(collective_kind::all_reduce, algorithm::pat, protocol::simple, h100(4, 4)));
static_assert(candidate(collective_kind::reduce_scatter, algorithm::pat, protocol::simple, h100(4, 4)));
static_assert(!candidate(collective_kind::reduce_scatter, algorithm::pat, protocol::ll, h100(4, 4)));
static_assert(!candidate(collective_kind::reduce_scatter, algorithm::pat, protocol::simple, h100(8, 4)));
static_assert(candidate(collective_kind::all_gather, algorithm::nvls, protocol::simple, h100(8, 1)));
static_assert(!candidate(collective_kind::all_gather, algorithm::nvls, protocol::simple, h100(16, 2)));
static_assert(!candidate(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, h100(8, 1)));
static_assert(!candidate(collective_kind::broadcast, algorithm::nvls, protocol::simple, h100(8, 1)));
static_assert(!candidate(collective_kind::all_reduce, algorithm::collnet_chain, protocol::simple, h100(16, 2)));
static_assert(!candidate(collective_kind::all_reduce, algorithm::ring, protocol::simple, h100(1, 1)));
static_assert(!candidate(collective_kind::all_reduce, algorithm::ring, protocol::ll128, topology(pci, 8, 4)));  // PCI
static_assert(candidate(collective_kind::all_reduce, algorithm::ring, protocol::ll, topology(pci, 8, 4)));

constexpr nccl::channel_graph fast{.channels = 24, .bw_intra = 30, .bw_inter = 30};
constexpr nccl::channel_graphs all_fast(std::size_t) { return {.ring = fast, .tree = fast, .nvls = fast, .pat = fast}; }
constexpr topology of_capability(std::size_t capability, std::size_t ranks, std::size_t nodes) {
  return {{"mine", capability, nccl::host_cpu::arm, all_fast}, ranks, nodes};
}
static_assert(candidate(collective_kind::all_reduce, algorithm::nvls, protocol::simple, of_capability(100, 72, 1)));
static_assert(!candidate(collective_kind::all_gather, algorithm::nvls, protocol::simple, of_capability(100, 72, 1)));  // above 32 ranks
static_assert(!candidate(collective_kind::all_reduce, algorithm::nvls, protocol::simple, of_capability(80, 8, 1)));    // below Hopper
static_assert(!candidate(collective_kind::all_gather, algorithm::pat, protocol::simple, of_capability(50, 4, 4)));
static_assert(candidate(collective_kind::all_gather, algorithm::pat, protocol::simple, of_capability(60, 4, 4)));
static_assert(!candidate(collective_kind::reduce, algorithm::ring, protocol::ll128, of_capability(60, 4, 4)));
static_assert(candidate(collective_kind::reduce, algorithm::ring, protocol::ll128, of_capability(70, 4, 4)));

}  // namespace
