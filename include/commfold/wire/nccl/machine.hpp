// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/machine.hpp
/// What NCCL knows of a machine when it estimates times: its GPUs, its CPUs and the channel graphs of its topology search.

#include <commfold/error.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace commfold::nccl {

/// The CPUs of the nodes. NCCL has other bandwidths for LL, and another overhead of a network step, with AMD's, and corrects NVLSTree with
/// x86 only.
enum class host_cpu : unsigned char { intel, amd, arm };

/// What connects the GPUs of a node: NVLink, NVLink through another GPU (NCCL's NVB), or PCI and all that is slower.
enum class local_link : unsigned char { nvlink, nvlink_through_gpu, pci };

/// One result of NCCL's topology search: how many channels there are, and what each of them carries. The search is not part of the model.
/// NCCL writes the graphs of a machine into the file that `NCCL_GRAPH_DUMP_FILE` names; its words are behind the members. A graph of 0
/// channels is one that was not found, and its algorithms are not used.
struct channel_graph {
  std::size_t channels = 0;               ///< nchannels
  float bw_intra = 0;                     ///< speedintra: GB/s of a channel in a node
  float bw_inter = 0;                     ///< speedinter: GB/s of a channel between nodes
  local_link intra = local_link::nvlink;  ///< typeintra: NVL, NVB, or another
  bool tree_pattern = false;              ///< pattern: whether it is 3, NCCL_TOPO_PATTERN_TREE; of the Tree graph alone
  bool ll128 = true;          ///< typeinter: whether LL128 may use the way to the NIC: PXB or shorter, of Hopper and later PXN, too
  bool same_channels = true;  ///< samechannels: whether all channels go through the GPUs in one order
  float latency_inter = 0;    ///< latencyinter: us that the network adds to each of its hops
};

/// The graphs of one number of ranks a node. NVLS and NVLSTree have one graph.
struct channel_graphs {
  channel_graph ring{};
  channel_graph tree{};
  channel_graph nvls{};
  channel_graph pat{};
};

/// A kind of machine. `graphs(ranks_per_node)` are its channel graphs; of a number of ranks for which they are not known, all are empty.
/// Your own machine is one line, and a constant:
/// ```cpp
/// constexpr nccl::machine mine{"mine", 90, nccl::host_cpu::intel, [](std::size_t) {
///   return nccl::channel_graphs{.ring = {.channels = 16, .bw_intra = 20, .bw_inter = 20}};
/// }};
/// ```
struct machine {
  std::string_view name;
  std::size_t compute_capability;  ///< of every GPU, as 90 for 9.0
  host_cpu cpu;
  channel_graphs (*graphs)(std::size_t ranks_per_node);
};

namespace detail {

/// The presets know the graphs of these numbers of ranks a node.
constexpr bool is_measured_ranks_per_node(std::size_t ranks) noexcept { return ranks == 1 || ranks == 2 || ranks == 4 || ranks == 8; }

constexpr channel_graphs h100_8nic_graphs(std::size_t ranks) {
  if (!is_measured_ranks_per_node(ranks)) return {};
  bool const whole = ranks == 8;
  std::size_t const channels = whole ? 8 : 2 * ranks;
  float const bandwidth = whole ? 48.0F : 24.0F;
  return {.ring = {.channels = channels, .bw_intra = bandwidth, .bw_inter = bandwidth},
          .tree = {.channels = channels, .bw_intra = 48, .bw_inter = bandwidth, .tree_pattern = ranks > 2},
          .nvls = {.channels = 16, .bw_intra = 20, .bw_inter = 48},
          .pat = {.channels = channels, .bw_intra = 48, .bw_inter = 48}};
}

constexpr channel_graphs a100_8nic_graphs(std::size_t ranks) {
  if (!is_measured_ranks_per_node(ranks)) return {};
  constexpr channel_graph each{.channels = 24, .bw_intra = 10, .bw_inter = 8.3F};
  return {.ring = each, .tree = each, .nvls = {}, .pat = each};
}

constexpr channel_graphs b200_8nic_graphs(std::size_t ranks) {
  if (!is_measured_ranks_per_node(ranks)) return {};
  constexpr channel_graph each{.channels = 24, .bw_intra = 30, .bw_inter = 20};
  return {.ring = each, .tree = each, .nvls = each, .pat = each};
}

}  // namespace detail

/// 8 H100 on NVSwitch, 8 NICs, Intel: the graphs of 1, 2, 4 and 8 ranks a node with which NCCL 2.30.7's tuning code was run on a CPU.
inline constexpr machine h100_8nic{"h100-8nic", 90, host_cpu::intel, detail::h100_8nic_graphs};
/// 8 A100 on NVSwitch, 8 NICs, AMD: 24 channels of 10 GB/s in a node, which are 12 NVLinks of 20 GB/s, and of 8.3 GB/s between nodes. From
/// the same runs.
inline constexpr machine a100_8nic{"a100-8nic", 80, host_cpu::amd, detail::a100_8nic_graphs};
/// 8 B200 on NVSwitch, 8 NICs, Intel: 24 channels of 30 GB/s in a node, which are 18 NVLinks of 40 GB/s, and of 20 GB/s between nodes. From
/// the same runs.
inline constexpr machine b200_8nic{"b200-8nic", 100, host_cpu::intel, detail::b200_8nic_graphs};

/// The machines that the library knows.
inline constexpr std::array machine_presets = {h100_8nic, a100_8nic, b200_8nic};

/// The preset of a name, as "h100-8nic". An unknown name is an `invalid_argument` that lists the names.
[[nodiscard]] constexpr machine const& machine_from_name(std::string_view name) {
  for (machine const& preset : machine_presets)
    if (preset.name == name) return preset;
  commfold::detail::fail<invalid_argument>("commfold::nccl::machine_from_name",
                                           "no machine is called '{}'; there are h100-8nic, a100-8nic and b200-8nic", name);
}

}  // namespace commfold::nccl
