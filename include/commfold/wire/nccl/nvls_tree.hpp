// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/nvls_tree.hpp
/// NCCL's NVLSTree: NVLink SHARP within a node, double trees between nodes.

#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/node_groups.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::nccl {

/// An all_reduce over m nodes of g ranks, rank r on node r / g at place r % g. The rank of each place is the head for one of g blocks: the
/// switch of its node reduces the block, the heads of a place add it up over the nodes along a double binary tree, and the switch
/// multicasts it. So N + b leave a rank for its switch and b + N come from it, as on one node, and b goes through the tree of its place.
/// The switch is peer p. Derived from NCCL 2.30.7 (src/device/all_reduce.h, NVLSTree), not measured.
class nvls_tree {
 public:
  static constexpr bool has_switch = true;

  constexpr nvls_tree(std::size_t ranks, std::size_t bytes, std::size_t ranks_per_node, std::size_t element = 1)
      : nodes_("commfold::nccl::nvls_tree", ranks, ranks_per_node),
        blocks_(wire::blocks::of_vector(bytes, ranks_per_node, element)),
        element_(element) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return nodes_.nodes() * nodes_.per_node(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    if (rank == ranks()) {
      std::size_t const last = wire::rounds(of_place(0)) + 1;
      for (std::size_t to = 0; to != ranks(); ++to) sink(wire::message{rank, to, blocks_[nodes_.place(to)], 0});
      for (std::size_t to = 0; to != ranks(); ++to) sink(wire::message{rank, to, blocks_.total(), last});
      return;
    }
    auto const tree = of_place(nodes_.place(rank));
    std::size_t const place = nodes_.place(rank);
    sink(wire::message{rank, ranks(), blocks_.total(), 0});
    tree.sends_of(nodes_.node(rank),
                  [&](wire::message const& m) { sink(wire::message{rank, nodes_.rank(m.to, place), m.bytes, m.round + 1}); });
    sink(wire::message{rank, ranks(), blocks_[place], wire::rounds(tree) + 1});
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    to_switch(rank, sink);
    of_place(nodes_.place(rank)).sent_to_each(nodes_.node(rank), [&](wire::peer_traffic const& to) {
      sink(wire::peer_traffic{nodes_.rank(to.peer, nodes_.place(rank)), to.bytes, to.messages});
    });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    to_switch(rank, sink);
    of_place(nodes_.place(rank)).received_from_each(nodes_.node(rank), [&](wire::peer_traffic const& from) {
      sink(wire::peer_traffic{nodes_.rank(from.peer, nodes_.place(rank)), from.bytes, from.messages});
    });
  }

 private:
  [[nodiscard]] constexpr wire::all_reduce::double_binary_tree of_place(std::size_t place) const {
    return {nodes_.nodes(), blocks_[place], element_};
  }
  /// As much comes from it.
  template <class Sink>
  constexpr void to_switch(std::size_t rank, Sink&& sink) const {
    wire::peer_traffic all{ranks(), blocks_.total(), 2};
    wire::detail::add(all.bytes, blocks_[nodes_.place(rank)]);
    sink(all);
  }

  wire::detail::node_groups nodes_;
  wire::blocks blocks_;
  std::size_t element_;
};

}  // namespace commfold::nccl
