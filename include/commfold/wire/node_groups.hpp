// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/node_groups.hpp
/// Rings within nodes and between them, of which two-level algorithms are made.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire::detail {

/// p ranks on nodes of g: rank r is at place r mod g of node r / g. Refused with `invalid_argument`: nodes that do not divide the ranks.
class node_groups {
 public:
  constexpr node_groups(char const* where, std::size_t ranks, std::size_t ranks_per_node) : per_node_(ranks_per_node) {
    if (ranks_per_node == 0 || ranks % ranks_per_node != 0)
      fail<invalid_argument>(where, "{} ranks do not fill nodes of {}", ranks, ranks_per_node);
    nodes_ = ranks / ranks_per_node;
  }

  [[nodiscard]] constexpr std::size_t nodes() const noexcept { return nodes_; }
  [[nodiscard]] constexpr std::size_t per_node() const noexcept { return per_node_; }
  [[nodiscard]] constexpr std::size_t node(std::size_t rank) const noexcept { return rank / per_node_; }
  [[nodiscard]] constexpr std::size_t place(std::size_t rank) const noexcept { return rank % per_node_; }
  [[nodiscard]] constexpr std::size_t rank(std::size_t node, std::size_t place) const noexcept { return node * per_node_ + place; }

  /// The blocks of all ranks at a place.
  [[nodiscard]] constexpr std::size_t sum_of_place(blocks const& of, std::size_t place) const {
    std::size_t all = 0;
    for (std::size_t node = 0; node != nodes_; ++node) add(all, of[rank(node, place)]);
    return all;
  }
  /// The blocks of the ranks of a node.
  [[nodiscard]] constexpr std::size_t sum_of_node(blocks const& of, std::size_t node) const { return of.sum(rank(node, 0), per_node_); }

  /// A pass around the ring of the ranks of a node, of g blocks whose bytes `block(place)` says: in round k a rank sends block
  /// place - back - k. One that begins at its own block (back 0) gathers; one that begins at the block before (back 1) reduces and
  /// scatters, and leaves each rank its own.
  template <class Block, class Sink>
  constexpr void around_node(std::size_t rank, Block block, std::size_t back, std::size_t first_round, Sink&& sink) const {
    std::size_t const here = place(rank);
    std::size_t const to = this->rank(node(rank), up(here, per_node_ == 1 ? 0 : 1, per_node_));
    for (std::size_t k = 0; k + 1 < per_node_; ++k)
      sink(message{rank, to, block(down(here, (k + back) % per_node_, per_node_)), first_round + k});
  }
  /// A pass around the ring of the ranks of one place, of m blocks whose bytes `block(node)` says.
  template <class Block, class Sink>
  constexpr void around_nodes(std::size_t rank, Block block, std::size_t back, std::size_t first_round, Sink&& sink) const {
    std::size_t const here = node(rank);
    std::size_t const to = this->rank(up(here, nodes_ == 1 ? 0 : 1, nodes_), place(rank));
    for (std::size_t k = 0; k + 1 < nodes_; ++k) sink(message{rank, to, block(down(here, (k + back) % nodes_, nodes_)), first_round + k});
  }

 private:
  std::size_t nodes_ = 0, per_node_;
};

}  // namespace commfold::wire::detail
