// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/topology.hpp
/// The ranks of a communicator on the nodes of a machine: all that NCCL's model asks.

#include <commfold/error.hpp>
#include <commfold/wire/nccl/algorithms.hpp>
#include <commfold/wire/nccl/machine.hpp>

#include <cstddef>

namespace commfold::nccl {

/// The versions of NCCL whose model is known: 2.27.5 and 2.30.7.
enum class version : unsigned char { v2_27, v2_30 };

/// The generations of GPUs that NCCL's constants tell apart, by compute capability: below 80, 80, 90, 100 and above.
enum class generation : unsigned char { volta, ampere, hopper, blackwell };

namespace detail {

constexpr bool has_channels_without_bandwidth(channel_graph const& g) noexcept {
  return g.channels != 0 && !(g.bw_intra > 0 && g.bw_inter > 0);
}

}  // namespace detail

/// A communicator of `ranks` ranks on `nodes` nodes, each with as many of them. Refused as an `invalid_argument`: no rank, no node, ranks
/// that the nodes cannot share evenly, a compute capability that is not written as 90 is for 9.0, a number of ranks a node for which the
/// machine has no Ring graph (NCCL runs no collective without one), a graph of channels without bandwidth, and more ranks than NCCL's `int`
/// counts steps for.
class topology {
 public:
  constexpr topology(machine const& on, std::size_t ranks, std::size_t nodes, version of = version::v2_30)
      : ranks_(ranks), nodes_(nodes), compute_capability_(on.compute_capability), cpu_(on.cpu), version_(of) {
    check_sizes();
    graphs_ = on.graphs(ranks_per_node());
    check_graphs(on);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t nodes() const noexcept { return nodes_; }
  [[nodiscard]] constexpr std::size_t ranks_per_node() const noexcept { return ranks_ / nodes_; }
  [[nodiscard]] constexpr std::size_t compute_capability() const noexcept { return compute_capability_; }
  [[nodiscard]] constexpr host_cpu cpu() const noexcept { return cpu_; }
  [[nodiscard]] constexpr nccl::version version() const noexcept { return version_; }
  [[nodiscard]] constexpr nccl::generation generation() const noexcept {
    using enum nccl::generation;
    return compute_capability_ >= 100 ? blackwell : compute_capability_ >= 90 ? hopper : compute_capability_ >= 80 ? ampere : volta;
  }

  /// The graph over which an algorithm runs: an empty one for CollNet, which is not in the model.
  [[nodiscard]] constexpr channel_graph graph(algorithm of) const noexcept {
    switch (of) {
      case algorithm::tree:
        return graphs_.tree;
      case algorithm::ring:
        return graphs_.ring;
      case algorithm::nvls:
      case algorithm::nvls_tree:
        return graphs_.nvls;
      case algorithm::pat:
        return graphs_.pat;
      case algorithm::collnet_direct:
      case algorithm::collnet_chain:
        break;
    }
    return {};
  }

 private:
  static constexpr char const* where = "commfold::nccl::topology";
  static constexpr std::size_t most_ranks = std::size_t{1} << 30;

  constexpr void check_sizes() const {
    using commfold::detail::fail;
    if (ranks_ == 0 || nodes_ == 0) fail<invalid_argument>(where, "{} ranks on {} nodes: there is at least one of each", ranks_, nodes_);
    if (ranks_ > most_ranks) fail<invalid_argument>(where, "{} ranks are more than NCCL counts steps for, {}", ranks_, most_ranks);
    if (ranks_ % nodes_ != 0)
      fail<invalid_argument>(where, "{} ranks are no multiple of {} nodes; NCCL's model has as many ranks on each", ranks_, nodes_);
    if (compute_capability_ < 50 || compute_capability_ > 999)
      fail<invalid_argument>(where, "{} is no compute capability; 9.0 is written as 90", compute_capability_);
  }

  constexpr void check_graphs(machine const& on) const {
    using commfold::detail::fail;
    if (graphs_.ring.channels == 0)
      fail<invalid_argument>(where, "for {} ranks a node, machine '{}' has no channel graphs", ranks_per_node(), on.name);
    for (channel_graph const& g : {graphs_.ring, graphs_.tree, graphs_.nvls, graphs_.pat})
      if (detail::has_channels_without_bandwidth(g))
        fail<invalid_argument>(where, "a graph of {} channels of machine '{}' has no bandwidth", g.channels, on.name);
  }

  std::size_t ranks_;
  std::size_t nodes_;
  std::size_t compute_capability_;
  host_cpu cpu_;
  nccl::version version_;
  channel_graphs graphs_{};
};

}  // namespace commfold::nccl
