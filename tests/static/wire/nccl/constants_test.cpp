// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/constants.hpp>

#include <cstddef>

namespace {
namespace nccl = commfold::nccl;
using namespace nccl::detail;
using nccl::algorithm;
using nccl::protocol;
using nccl::version;

static_assert(hop_latency(hop::net, algorithm::nvls_tree, protocol::simple, version::v2_30) == 20.9F);
static_assert(hop_latency(hop::net, algorithm::nvls_tree, protocol::simple, version::v2_27) == 14);
static_assert(hop_latency(hop::nvlink, algorithm::nvls_tree, protocol::simple, version::v2_27) == 25);
static_assert(hop_latency(hop::net, algorithm::ring, protocol::ll, version::v2_27) == 2.7F);

// The row of LL is the GPU's on one node, the CPU's on several.
static_assert(ll_ceiling(nccl::topology(nccl::h100_8nic, 8, 1)) == 141.0);
static_assert(ll_ceiling(nccl::topology(nccl::a100_8nic, 8, 1)) == 87.7);
static_assert(ll_ceiling(nccl::topology(nccl::b200_8nic, 8, 1)) == 282.0);
static_assert(ll_ceiling(nccl::topology(nccl::h100_8nic, 16, 2)) == 39.0 && ll_ceiling(nccl::topology(nccl::h100_8nic, 24, 3)) == 20.4);
static_assert(ll_ceiling(nccl::topology(nccl::a100_8nic, 16, 2)) == 22.5 && ll_ceiling(nccl::topology(nccl::a100_8nic, 24, 3)) == 19.0);

static_assert(ceiling(&channel_ceilings::tree, nccl::topology(nccl::b200_8nic, 24, 3)) == 24.0);
static_assert(ceiling(&channel_ceilings::tree, nccl::topology(nccl::b200_8nic, 24, 3, version::v2_27)) == 72.0);
static_assert(ceiling(&channel_ceilings::nvls_tree, nccl::topology(nccl::h100_8nic, 16, 2)) == 57.7);
static_assert(ceiling(&channel_ceilings::ring_ll128, nccl::topology(nccl::a100_8nic, 8, 1)) == 20.0);
static_assert(ceiling(&channel_ceilings::tree_ll128, nccl::topology(nccl::b200_8nic, 16, 2)) == 31.67);

/// Corrections slow a call down, and never to less than 0.4 of its bandwidth.
constexpr bool corrections_are_parts = [] {
  for (auto const& of_protocol : tree_corrections)
    for (float const part : of_protocol)
      if (!(part >= 0.4F && part <= 1)) return false;
  return true;
}();
static_assert(corrections_are_parts);

}  // namespace
