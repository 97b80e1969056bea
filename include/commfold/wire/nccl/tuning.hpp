// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/tuning.hpp
/// The latency and the bandwidth that NCCL's tuning model gives an algorithm and a protocol, in `float` and in NCCL's order.
///
/// Source: NCCL 2.30.7 and 2.27.5, `ncclTopoTuneModel` of src/graph/tuning.cc (Apache-2.0), restated. Each step rounds to `float` where
/// NCCL stores one, so that the numbers are NCCL's to the bit: in constants always, at run time where the processor computes a `float` as
/// one, as x86-64 does, and the x87 of 32-bit x86 does not.

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/wire/nccl/algorithms.hpp>
#include <commfold/wire/nccl/constants.hpp>
#include <commfold/wire/nccl/topology.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <type_traits>

namespace commfold::nccl {
namespace detail {

/// The number itself, rounded before anything is added to it. Where a processor has fused instructions (-march=native), compilers would
/// multiply and add with one rounding, and miss NCCL's number by a bit. An `asm` that may change the number keeps them apart; no option of
/// the compiler is needed.
constexpr float rounded(float number) {
  if (!std::is_constant_evaluated()) asm("" : "+m"(number));
  return number;
}
constexpr double rounded(double number) {
  if (!std::is_constant_evaluated()) asm("" : "+m"(number));
  return number;
}

constexpr float to_float(std::size_t count) noexcept { return static_cast<float>(count); }
constexpr float to_float(double number) noexcept { return static_cast<float>(number); }
constexpr double to_double(std::size_t count) noexcept { return static_cast<double>(count); }
constexpr double to_double(float number) noexcept { return static_cast<double>(number); }

/// floor(lg n) of n > 0.
constexpr std::size_t floor_log2(std::size_t n) noexcept {
  return static_cast<std::size_t>(std::numeric_limits<std::size_t>::digits - 1 - std::countl_zero(n));
}

constexpr bool gathers_or_scatters(collective_kind kind) noexcept {
  return kind == collective_kind::all_gather || kind == collective_kind::reduce_scatter;
}
constexpr bool is_nvls(algorithm a) noexcept { return a == algorithm::nvls || a == algorithm::nvls_tree; }

/// Refuses a kind that is not in the model.
constexpr void check_kind(char const* where, collective_kind kind) {
  switch (kind) {
    case collective_kind::all_reduce:
    case collective_kind::all_gather:
    case collective_kind::reduce_scatter:
    case collective_kind::broadcast:
    case collective_kind::reduce:
      return;
    case collective_kind::gather:
    case collective_kind::scatter:
    case collective_kind::all_to_all:
    case collective_kind::send:
    case collective_kind::recv:
    case collective_kind::send_recv:
    case collective_kind::barrier:
    case collective_kind::wait:
      break;
  }
  commfold::detail::fail<invalid_argument>(
      where, "NCCL's model has no {}; it has all_reduce, all_gather, reduce_scatter, broadcast and reduce", commfold::name(kind));
}

/// How often a rank sends in a ring.
constexpr std::size_t ring_steps(collective_kind kind, std::size_t ranks) noexcept {
  if (kind == collective_kind::all_reduce) return 2 * (ranks - 1);
  return gathers_or_scatters(kind) ? ranks - 1 : ranks;
}

constexpr bool algorithm_runs(collective_kind kind, algorithm a) noexcept {
  switch (a) {
    case algorithm::ring:
      return true;
    case algorithm::tree:
    case algorithm::nvls_tree:
      return kind == collective_kind::all_reduce;
    case algorithm::nvls:
      return kind == collective_kind::all_reduce || gathers_or_scatters(kind);
    case algorithm::pat:
      return gathers_or_scatters(kind);
    case algorithm::collnet_direct:
    case algorithm::collnet_chain:
      break;
  }
  return false;
}

constexpr bool protocol_runs(algorithm a, protocol p, topology const& on) noexcept {
  if (is_nvls(a) || a == algorithm::pat) return p == protocol::simple;
  if (p != protocol::ll128) return true;
  channel_graph const graph = on.graph(a);
  return graph.ll128 && graph.intra != local_link::pci && on.compute_capability() >= 70;
}

/// NCCL hands NVLS to at most 32 ranks of a node where it does not reduce to all.
inline constexpr std::size_t nvls_most_ranks = 32;

constexpr bool machine_runs(collective_kind kind, algorithm a, topology const& on) noexcept {
  if (on.graph(a).channels == 0) return false;
  if (a == algorithm::pat) return on.ranks_per_node() == 1 && on.compute_capability() >= 60;
  if (!is_nvls(a)) return true;
  if (on.generation() < generation::hopper || on.graph(a).channels < 2) return false;
  if (kind != collective_kind::all_reduce && on.ranks_per_node() > nvls_most_ranks) return false;
  return (a == algorithm::nvls) == (on.nodes() == 1);
}

/// GB/s that NVLS and NVLSTree reach on one channel in 2.30.
constexpr float nvls_channel_bandwidth(collective_kind kind, algorithm a, topology const& on) {
  channel_graph const graph = on.graph(a);
  float const ppn = to_float(on.ranks_per_node());
  float const reached = graph.bw_intra * nvls_efficiencies[at(on.generation())] * to_float(graph.channels - 1) / to_float(graph.channels);
  float const intra = kind == collective_kind::all_reduce ? reached * 2.0F : reached * ((ppn - 1) / ppn);
  bool const tree = a == algorithm::nvls_tree;
  float const inter = graph.bw_inter * (tree && on.nodes() <= 2 ? 2.0F : 1.0F);
  return std::min({intra, inter, to_float(tree ? ceiling(&channel_ceilings::nvls_tree, on) : no_ceiling)});
}

/// The bandwidth of a channel of NVLS or NVLSTree in NCCL 2.27, which has neither efficiencies nor ceilings for it.
constexpr float nvls_channel_bandwidth_2_27(collective_kind kind, algorithm a, topology const& on) {
  channel_graph const graph = on.graph(a);
  float const ppn = to_float(on.ranks_per_node());
  if (a == algorithm::nvls_tree) return std::min(graph.bw_intra, on.nodes() <= 2 ? graph.bw_inter : graph.bw_inter / 2);
  if (kind == collective_kind::all_reduce) return std::min(graph.bw_intra, graph.bw_inter);
  return std::min(graph.bw_intra * (ppn - 1.0F) / ppn, graph.bw_inter * 0.9F);
}

/// GB/s that one channel carries before a protocol takes its part.
constexpr float channel_bandwidth(collective_kind kind, algorithm a, topology const& on) {
  if (is_nvls(a)) return on.version() == version::v2_27 ? nvls_channel_bandwidth_2_27(kind, a, on) : nvls_channel_bandwidth(kind, a, on);
  channel_graph const graph = on.graph(a);
  return on.nodes() <= 2 ? graph.bw_intra : graph.bw_inter;
}

constexpr float ring_bus_bandwidth(float bus, protocol p, topology const& on) {
  double const channels = to_double(on.graph(algorithm::ring).channels);
  switch (p) {
    case protocol::ll:
      return to_float(std::min(ll_ceiling(on), to_double(bus) * .5));
    case protocol::ll128:
      return to_float(std::min(to_double(bus) * .92, channels * ceiling(&channel_ceilings::ring_ll128, on)));
    case protocol::simple:
      break;
  }
  return bus;
}

constexpr float tree_bus_bandwidth(float bus, protocol p, topology const& on) {
  channel_graph const graph = on.graph(algorithm::tree);
  double const channels = to_double(graph.channels);
  bus = to_float(std::min(to_double(bus) * .92, channels * ceiling(&channel_ceilings::tree, on)));
  if (p == protocol::ll) bus = to_float(std::min(to_double(bus) / 3.8, ll_ceiling(on)));
  if (p == protocol::ll128) {
    double const payload = on.nodes() == 1 ? 7.0 / 9.0 : 120.0 / 128.0;
    bus = to_float(std::min(to_double(bus) * payload, channels * ceiling(&channel_ceilings::tree_ll128, on)));
  }
  return graph.tree_pattern ? to_float(to_double(bus) * .85) : bus;
}

/// GB/s on the bus.
constexpr float bus_bandwidth_of(collective_kind kind, algorithm a, protocol p, topology const& on) {
  float const bus = to_float(on.graph(a).channels) * channel_bandwidth(kind, a, on);
  if (a == algorithm::ring) return ring_bus_bandwidth(bus, p, on);
  if (a == algorithm::tree) return tree_bus_bandwidth(bus, p, on);
  return a == algorithm::pat ? to_float(to_double(bus) * .75) : bus;
}

/// What the bandwidth on the bus is multiplied with for that of the call.
constexpr float call_per_bus(collective_kind kind, algorithm a, topology const& on) {
  if (a != algorithm::ring && gathers_or_scatters(kind)) return 1;
  if (is_nvls(a) && on.version() == version::v2_27) return to_float(5.0 / 6.0);
  if (a == algorithm::ring || is_nvls(a)) return to_float(to_double(on.ranks()) / to_double(ring_steps(kind, on.ranks())));
  return .5F;
}

/// us of one hop between nodes. With one rank a node the whole latency shows, and NCCL takes the Tree's. A store under Simple is flushed,
/// which is a second way through the network.
constexpr float inter_latency(algorithm a, protocol p, topology const& on) {
  float const added = on.graph(a).latency_inter;
  float const once = hop_latency(hop::net, on.ranks_per_node() == 1 ? algorithm::tree : a, p, on.version()) + added;
  return p == protocol::simple ? once + added : once;
}

constexpr float intra_latency(algorithm a, protocol p, topology const& on) {
  return hop_latency(hop_of(on.graph(a).intra), a, p, on.version());
}

/// us that a step of a ring takes at least if some of its steps go through the network.
constexpr float network_overhead(protocol p, topology const& on) {
  if (on.nodes() == 1) return 0;
  float const post = on.cpu() == host_cpu::amd ? 2.0F : 1.0F;
  return p == protocol::simple ? post * 3 : post;
}

/// us that a ring adds to its base: its steps in a node and through the network. A broadcast and a reduce are pipelines, which NCCL counts
/// as one hop where all channels have one order, else as a hop for each rank.
constexpr float ring_latency(collective_kind kind, protocol p, topology const& on) {
  std::size_t const steps = ring_steps(kind, on.ranks());
  if (kind == collective_kind::broadcast || kind == collective_kind::reduce) {
    channel_graph const graph = on.graph(algorithm::ring);
    hop const through = on.nodes() == 1 ? hop_of(graph.intra) : hop::net;
    if (graph.same_channels) return hop_latency(through, algorithm::ring, p, on.version());
    algorithm const chunk = p == protocol::simple ? algorithm::tree : algorithm::ring;
    return rounded(to_float(steps) * hop_latency(through, chunk, p, on.version()));
  }
  std::size_t const between = kind == collective_kind::all_reduce ? 2 * (on.nodes() - 1) : on.nodes() - 1;
  float const intra = std::max(intra_latency(algorithm::ring, p, on), network_overhead(p, on));
  return rounded(to_float(steps - between) * intra) + rounded(to_float(between) * inter_latency(algorithm::ring, p, on));
}

/// us that a tree adds to its base: up and down, along the ranks of a node and the levels of a tree of nodes.
constexpr float tree_latency(protocol p, topology const& on) {
  float const in_a_node = rounded(to_float(on.ranks_per_node() - 1) * intra_latency(algorithm::tree, p, on));
  float const between = rounded(to_float(floor_log2(on.nodes())) * inter_latency(algorithm::tree, p, on));
  return 2 * (in_a_node + between);
}

constexpr float nvls_tree_latency(protocol p, topology const& on) {
  float const between = rounded(to_float(2 * floor_log2(on.nodes())) * inter_latency(algorithm::nvls_tree, p, on));
  return intra_latency(algorithm::nvls_tree, p, on) + between;
}

/// us of PAT, with its base: a logarithmic part and a linear one. NCCL adds them in `double`, 2.27 to the base first.
constexpr float pat_latency(float base, protocol p, topology const& on) {
  double const levels = rounded(to_double(floor_log2(on.nodes())) * (to_double(inter_latency(algorithm::pat, p, on)) / 3.5));
  double const linear = rounded(to_double(on.ranks()) * 2.8);
  if (on.version() == version::v2_27) return to_float(to_double(base) + levels + linear);
  return to_float(to_double(base) + (levels + linear));
}

constexpr float latency_of(collective_kind kind, algorithm a, protocol p, topology const& on) {
  float const base = base_latencies[at(a)][at(p)];
  switch (a) {
    case algorithm::ring:
      return base + ring_latency(kind, p, on);
    case algorithm::tree:
      return base + tree_latency(p, on);
    case algorithm::nvls:
      return intra_latency(a, p, on);
    case algorithm::nvls_tree:
      return base + nvls_tree_latency(p, on);
    case algorithm::pat:
      return pat_latency(base, p, on);
    case algorithm::collnet_direct:
    case algorithm::collnet_chain:
      break;
  }
  return base;
}

}  // namespace detail

/// Whether NCCL considers an algorithm and a protocol for a kind of call:
///
///     broadcast, reduce             Ring
///     all_gather, reduce_scatter    Ring, NVLS, PAT
///     all_reduce                    Tree, Ring, NVLS, NVLSTree
///
/// where the machine has a graph for the algorithm. NVLS, NVLSTree and PAT have Simple alone. NVLS and NVLSTree need Hopper and two
/// channels; NVLS is for one node, NVLSTree for several. PAT needs one rank a node and a compute capability of 60, LL128 one of 70 and
/// links that keep its order. A communicator of one rank considers nothing. CollNet is not in the model, nor is NVLS over several nodes,
/// which needs it. A kind that is not in the model, as all_to_all, is an `invalid_argument`.
[[nodiscard]] constexpr bool is_candidate(collective_kind kind, algorithm a, protocol p, topology const& on) {
  detail::check_kind("commfold::nccl::is_candidate", kind);
  return on.ranks() > 1 && detail::algorithm_runs(kind, a) && detail::protocol_runs(a, p, on) && detail::machine_runs(kind, a, on);
}

/// A call of S bytes takes latency_us + S / (1000 * bandwidth) us.
struct tuning {
  float latency_us;
  float bandwidth;  ///< GB/s: S / t, not on the bus
  constexpr bool operator==(tuning const&) const = default;
};

/// What the model says of an algorithm and a protocol. One that is no candidate, and a kind that is not in the model, are an
/// `invalid_argument`.
[[nodiscard]] constexpr tuning tuning_of(collective_kind kind, algorithm a, protocol p, topology const& on) {
  constexpr char const* where = "commfold::nccl::tuning_of";
  detail::check_kind(where, kind);
  if (!is_candidate(kind, a, p, on))
    commfold::detail::fail<invalid_argument>(where, "on {} ranks and {} nodes, {} with {} is no candidate for {}", on.ranks(), on.nodes(),
                                             name(a), name(p), commfold::name(kind));
  return {detail::latency_of(kind, a, p, on), detail::bus_bandwidth_of(kind, a, p, on) * detail::call_per_bus(kind, a, on)};
}

}  // namespace commfold::nccl
