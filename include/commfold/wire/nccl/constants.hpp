// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/constants.hpp
/// The constants of NCCL's tuning model: latencies, bandwidth ceilings and corrections. No user need name it.
///
/// Source of all tables: NCCL 2.30.7 and 2.27.5, src/graph/tuning.cc (Apache-2.0), restated. They are of the type that NCCL computes with:
/// latencies and corrections are `float`, ceilings `double`.

#include <commfold/wire/nccl/algorithms.hpp>
#include <commfold/wire/nccl/topology.hpp>

#include <array>
#include <cstddef>

namespace commfold::nccl::detail {

/// What a message goes through: the link in a node, or the network between nodes.
enum class hop : unsigned char { nvlink, pci, net };

constexpr hop hop_of(local_link link) noexcept { return link == local_link::nvlink ? hop::nvlink : hop::pci; }

template <class Index>
constexpr std::size_t at(Index index) noexcept {
  return static_cast<std::size_t>(index);
}

using by_protocol = std::array<float, 3>;         // LL, LL128, Simple
using by_algorithm = std::array<by_protocol, 7>;  // in the order of `algorithm`
using by_nodes = std::array<double, 3>;           // on 1 node, on 2, on more
using by_generation = std::array<by_nodes, 4>;    // Volta, Ampere, Hopper, Blackwell

/// us that a call takes whatever its size and its ranks.
inline constexpr by_algorithm base_latencies = {{
    {6.8F, 14.0F, 8.4F},  // Tree
    {6.6F, 14.0F, 8.4F},  // Ring
    {},                   // CollNetDirect
    {},                   // CollNetChain
    {},                   // NVLS
    {},                   // NVLSTree
    {8.0F, 8.0F, 8.0F},   // PAT
}};

/// us of one hop, by `hop`.
inline constexpr std::array<by_algorithm, 3> hop_latencies = {{
    {{
        // NVLink
        {0.6F, 1.25F, 4.0F},  // Tree
        {0.6F, 1.9F, 3.4F},   // Ring
        {0, 0, 3.7F},         // CollNetDirect
        {0, 0, 2.8F},         // CollNetChain
        {0, 0, 25.0F},        // NVLS
        {0, 0, 25.0F},        // NVLSTree
        {0, 0, 4.0F},         // PAT
    }},
    {{
        // PCI
        {1.0F, 1.9F, 4.0F},  // Tree
        {1.0F, 2.5F, 5.7F},  // Ring
        {0, 0, 3.7F},        // CollNetDirect
        {0, 0, 2.8F},        // CollNetChain
        {},                  // NVLS
        {},                  // NVLSTree
        {0, 0, 4.0F},        // PAT
    }},
    {{
        // the network
        {5.0F, 8.5F, 14.0F},  // Tree
        {2.7F, 4.0F, 14.0F},  // Ring
        {0, 0, 31.0F},        // CollNetDirect
        {0, 0, 30.0F},        // CollNetChain
        {0, 0, 18.0F},        // NVLS
        {0, 0, 20.9F},        // NVLSTree
        {0, 0, 14.0F},        // PAT
    }},
}};

/// us of NVLSTree's hop through the network in NCCL 2.27.
inline constexpr float nvls_tree_net_latency_2_27 = 14.0F;

/// GB/s that no call under LL exceeds. The row is the GPU's generation on one node; on more nodes it is the CPU's: row 1 of AMD's, 0 of
/// others.
inline constexpr by_generation ll_ceilings = {{{39.0, 39.0, 20.4}, {87.7, 22.5, 19.0}, {141.0, 45.0, 35.0}, {282.0, 90.0, 70.0}}};

/// The ceilings of a channel in GB/s.
struct channel_ceilings {
  by_generation ring_ll128;
  by_generation tree_ll128;
  by_generation tree;
  by_generation nvls_tree;
};

inline constexpr double no_ceiling = 3.4028234663852886e38;  // the largest float

inline constexpr channel_ceilings ceilings_2_30 = {
    .ring_ll128 = {{{20.0, 20.0, 20.0}, {20.0, 20.0, 20.0}, {36.7, 36.7, 36.7}, {40.0, 40.0, 40.0}}},
    .tree_ll128 = {{{20.0, 20.0, 20.0}, {20.0, 20.0, 20.0}, {36.7, 36.7, 29.0}, {55.6, 31.67, 20.0}}},
    .tree = {{{26.5, 18.5, 10.0}, {24.0, 23.6, 17.8}, {38.7, 41.4, 36.0}, {70.0, 42.8, 24.0}}},
    .nvls_tree = {{{26.5, 18.5, 10.0}, {24.0, 23.6, 17.8}, {0.0, 57.7, 45.5}, {0.0, 96.0, 80.0}}},
};

/// In 2.27, a Blackwell has twice a Hopper's, and NVLSTree none.
inline constexpr channel_ceilings ceilings_2_27 = {
    .ring_ll128 = {{{20.0, 20.0, 20.0}, {20.0, 20.0, 20.0}, {36.7, 36.7, 36.7}, {2 * 36.7, 2 * 36.7, 2 * 36.7}}},
    .tree_ll128 = {{{20.0, 20.0, 20.0}, {20.0, 20.0, 20.0}, {36.7, 36.7, 29.0}, {2 * 36.7, 2 * 36.7, 2 * 29.0}}},
    .tree = {{{26.5, 18.5, 10.0}, {24.0, 23.6, 17.8}, {38.7, 41.4, 36.0}, {2 * 38.7, 2 * 41.4, 2 * 36.0}}},
    .nvls_tree = {{{no_ceiling, no_ceiling, no_ceiling},
                   {no_ceiling, no_ceiling, no_ceiling},
                   {no_ceiling, no_ceiling, no_ceiling},
                   {no_ceiling, no_ceiling, no_ceiling}}},
};

constexpr channel_ceilings const& ceilings_of(version v) noexcept { return v == version::v2_27 ? ceilings_2_27 : ceilings_2_30; }

/// The part of its links' bandwidth that NVLS reaches, by generation; of 2.30, since 2.27 has no such factor.
inline constexpr std::array<float, 4> nvls_efficiencies = {0.0F, 0.0F, 0.85F, 0.74F};

/// The part of their bandwidth that trees reach, by protocol and by floor(lg(bytes / 64)): from 64 B up.
inline constexpr std::array<std::array<float, 24>, 3> tree_corrections = {{
    {1.0F, 1.0F, 1.0F, 1.0F, 0.9F, 0.8F, 0.7F, 0.7F, 0.7F, 0.7F, 0.6F, 0.5F,
     0.4F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F},  // LL
    {1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 0.9F, 0.8F, 0.8F, 0.8F, 0.7F, 0.6F, 0.6F,
     0.6F, 0.6F, 0.6F, 0.6F, 0.8F, 0.9F, 0.9F, 0.9F, 0.9F, 1.0F, 1.0F, 1.0F},  // LL128
    {0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.8F, 0.7F, 0.6F, 0.6F, 0.5F,
     0.5F, 0.5F, 0.5F, 0.6F, 0.7F, 0.8F, 0.7F, 0.7F, 0.8F, 0.9F, 0.9F, 0.9F},  // Simple
}};

/// The column of `by_nodes`.
constexpr std::size_t nodes_index(topology const& on) noexcept { return on.nodes() <= 2 ? on.nodes() - 1 : 2; }

constexpr double ll_ceiling(topology const& on) noexcept {
  std::size_t const by_cpu = on.cpu() == host_cpu::amd ? 1 : 0;
  return ll_ceilings[on.nodes() == 1 ? at(on.generation()) : by_cpu][nodes_index(on)];
}

/// One of the `channel_ceilings`, for a topology.
constexpr double ceiling(by_generation channel_ceilings::* which, topology const& on) noexcept {
  return (ceilings_of(on.version()).*which)[at(on.generation())][nodes_index(on)];
}

constexpr float hop_latency(hop through, algorithm a, protocol p, version v) noexcept {
  if (v == version::v2_27 && through == hop::net && a == algorithm::nvls_tree && p == protocol::simple) return nvls_tree_net_latency_2_27;
  return hop_latencies[at(through)][at(a)][at(p)];
}

}  // namespace commfold::nccl::detail
