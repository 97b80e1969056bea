// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/reduce.hpp
/// Algorithms of reduce: vectors of N bytes, one of each rank, are combined at the root.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/segments.hpp>
#include <commfold/wire/trees.hpp>

#include <cstddef>

namespace commfold::wire {

namespace detail {

/// A tree whose position 0 is the root of the call, and the in-order tree, whose positions are ranks and whose root hands the result on.
template <class Tree>
inline constexpr bool positions_are_ranks = false;
template <>
inline constexpr bool positions_are_ranks<trees::in_order_binary> = true;

}  // namespace detail

namespace reduce {

/// Each rank but the root of the tree combines what its children send with its own vector, and sends N to its parent. In segments of
/// `segment` bytes (0: in one piece) that are ceil(N / segment) messages, each a round later than the one before. Rank r has position
/// (r - root) mod p. In the in-order tree rank r has position r, and its root p - 1 sends N more to the root of the call, if that is
/// another. Refused with `invalid_argument`: a root outside the group.
template <tree_shape Tree>
class along {
 public:
  constexpr along(std::size_t ranks, std::size_t bytes, std::size_t root = 0, std::size_t segment = 0)
      : along(Tree(ranks), bytes, root, segment) {}
  constexpr along(Tree tree, std::size_t bytes, std::size_t root = 0, std::size_t segment = 0)
      : tree_(tree), parts_(bytes, segment), root_(root) {
    detail::expect_root("commfold::wire::reduce", root, tree.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return tree_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept {
    return ranks() == 1 ? 0 : tree_.rounds() + parts_.count() - 1 + (tree_.root() != position_of(root_) ? 1 : 0);
  }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const position = position_of(rank);
    if (position != tree_.root()) {
      std::size_t const first = tree_.rounds() - 1 - tree_.round_to(position);
      for (std::size_t s = 0; s != parts_.count(); ++s) sink(message{rank, rank_at(tree_.parent(position)), parts_[s], first + s});
    } else if (rank != root_) {
      sink(message{rank, root_, parts_.bytes(), round_count() - 1});
    }
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    std::size_t const position = position_of(rank);
    if (position != tree_.root())
      sink(peer_traffic{rank_at(tree_.parent(position)), parts_.bytes(), parts_.count()});
    else if (rank != root_)
      sink(peer_traffic{root_, parts_.bytes(), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    tree_.children_of(position_of(rank), [&](std::size_t child) { sink(peer_traffic{rank_at(child), parts_.bytes(), parts_.count()}); });
    if (rank == root_ && position_of(rank) != tree_.root()) sink(peer_traffic{rank_at(tree_.root()), parts_.bytes(), 1});
  }

 private:
  [[nodiscard]] constexpr std::size_t shift() const noexcept { return detail::positions_are_ranks<Tree> ? 0 : root_; }
  [[nodiscard]] constexpr std::size_t position_of(std::size_t rank) const noexcept { return detail::down(rank, shift(), ranks()); }
  [[nodiscard]] constexpr std::size_t rank_at(std::size_t position) const noexcept { return detail::up(position, shift(), ranks()); }

  Tree tree_;
  detail::segments parts_;
  std::size_t root_;
};

/// All send to the root.
using linear = along<trees::star>;
/// Lines of ranks; `chain(trees::chain(ranks, chains), …)`. One line is the pipeline.
using chain = along<trees::chain>;
using binary = along<trees::binary>;
using low_bit_binomial = along<trees::low_bit_binomial>;
using in_order_binary = along<trees::in_order_binary>;

}  // namespace reduce

namespace detail {

/// Reduce-scatter by halving the vector and doubling the distance, as Rabenseifner's algorithms begin. Of p ranks q = 2^floor(lg p) are the
/// core (the even of a pair stays). In a pair the even rank sends the second half of the vector and the odd rank the first, then the odd
/// rank its reduced half. In step k member v swaps with v xor 2^k half of what it has: it keeps the first half where its bit k is 0.
/// In elements. Rounds: 2 for the pairs, if there are some, then one a step.
class halving {
 public:
  constexpr halving(char const* where, std::size_t ranks, std::size_t bytes, std::size_t element)
      : core_(where, ranks, stays::even), element_(element) {
    blocks const fit = blocks::of_vector(bytes, ranks, element);  // refuses a part of an element
    elements_ = fit.total() / element;
    if (elements_ < core_.size() && ranks > 1)
      fail<invalid_argument>(where, "{} elements are fewer than the {} ranks that divide them among each other", elements_, core_.size());
  }

  [[nodiscard]] constexpr core_ranks const& core() const noexcept { return core_; }
  [[nodiscard]] constexpr std::size_t bytes() const noexcept { return elements_ * element_; }
  [[nodiscard]] constexpr std::size_t first_step() const noexcept { return core_.pairs() == 0 ? 0 : 2; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return first_step() + core_.steps(); }

  /// What a member sends and keeps in a step, in bytes.
  struct halves {
    std::size_t sent, kept;
  };
  [[nodiscard]] constexpr halves in_step(std::size_t member, std::size_t step) const noexcept {
    std::size_t window = elements_;
    for (std::size_t k = 0;; ++k) {
      std::size_t const kept = (member >> k) % 2 == 0 ? window / 2 : window - window / 2;
      if (k == step) return {(window - kept) * element_, kept * element_};
      window = kept;
    }
  }

  /// In a pair the first half has the smaller share.
  [[nodiscard]] constexpr std::size_t first_half() const noexcept { return elements_ / 2 * element_; }
  [[nodiscard]] constexpr std::size_t second_half() const noexcept { return bytes() - first_half(); }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (core_.in_pair(rank)) {
      std::size_t const other = core_ranks::partner(rank);
      if (!core_.has(rank)) {
        sink(message{rank, other, first_half(), 0});
        sink(message{rank, other, second_half(), 1});
        return;
      }
      sink(message{rank, other, second_half(), 0});
    }
    std::size_t const member = core_.member(rank);
    for (std::size_t k = 0; k != core_.steps(); ++k)
      sink(message{rank, core_.rank(member ^ (std::size_t{1} << k)), in_step(member, k).sent, first_step() + k});
  }

 private:
  core_ranks core_;
  std::size_t elements_ = 0, element_;
};

}  // namespace detail

namespace reduce {

/// Rabenseifner's reduce: reduce-scatter by halving, then the parts are gathered to the root along the same pairs, the last first. For any
/// number of ranks; where the root is a rank that has no part (an odd rank of a pair), rank 0 hands its part and its place to it. Thakur,
/// Rabenseifner and Gropp, IJHPCA 19(1), 2005. Refused with `invalid_argument`: a root outside the group, and fewer elements than
/// 2^floor(lg p), for which libraries take the linear algorithm.
class rabenseifner {
 public:
  constexpr rabenseifner(std::size_t ranks, std::size_t bytes, std::size_t root = 0, std::size_t element = 1)
      : scatter_("commfold::wire::reduce::rabenseifner", ranks, bytes, element), root_(root) {
    detail::expect_root("commfold::wire::reduce::rabenseifner", root, ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return scatter_.core().ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    detail::core_ranks const& core = scatter_.core();
    scatter_.sends_of(rank, sink);
    bool const replaced = !core.has(root_);  // the root takes the place of member 0
    std::size_t const to_root = replaced ? 0 : core.member(root_);
    std::size_t round = scatter_.rounds();
    std::size_t const steps = core.steps();
    if (replaced) {
      if (rank == 0) sink(message{rank, root_, scatter_.in_step(0, steps - 1).kept, round});
      ++round;
    }
    if (rank == root_ || !core.has(rank) || (replaced && rank == 0)) return;
    std::size_t const member = core.member(rank);
    for (std::size_t k = steps; k-- != 0; ++round) {
      std::size_t const other = member ^ (std::size_t{1} << k);
      if (other >> k != to_root >> k) continue;
      sink(message{rank, replaced && other == 0 ? root_ : core.rank(other), scatter_.in_step(member, k).kept, round});
      return;
    }
  }

 private:
  detail::halving scatter_;
  std::size_t root_;
};

}  // namespace reduce
}  // namespace commfold::wire
