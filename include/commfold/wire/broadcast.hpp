// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/broadcast.hpp
/// Algorithms of broadcast: N bytes of one rank, the root, reach all.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/doubling.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/segments.hpp>
#include <commfold/wire/trees.hpp>

#include <cstddef>

namespace commfold::wire::broadcast {

/// Each rank sends the N bytes to each of its children in a tree, so children(r)·N in all, and all but the root receive N. In segments of
/// `segment` bytes (0: in one piece) each child gets ceil(N / segment) messages, and a segment is a round later than the one before. The
/// rank r has position (r - root) mod p of the tree. Refused with `invalid_argument`: a root outside the group.
template <tree_shape Tree>
class along {
 public:
  constexpr along(std::size_t ranks, std::size_t bytes, std::size_t root = 0, std::size_t segment = 0)
      : along(Tree(ranks), bytes, root, segment) {}
  constexpr along(Tree tree, std::size_t bytes, std::size_t root = 0, std::size_t segment = 0)
      : tree_(tree), parts_(bytes, segment), root_(root) {
    detail::expect_root("commfold::wire::broadcast", root, tree.ranks());
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return tree_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return ranks() == 1 ? 0 : tree_.rounds() + parts_.count() - 1; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const position = position_of(rank);
    for (std::size_t s = 0; s != parts_.count(); ++s)
      tree_.children_of(position, [&](std::size_t child) { sink(message{rank, rank_at(child), parts_[s], tree_.round_to(child) + s}); });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    tree_.children_of(position_of(rank), [&](std::size_t child) { sink(peer_traffic{rank_at(child), parts_.bytes(), parts_.count()}); });
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    std::size_t const position = position_of(rank);
    if (position != tree_.root()) sink(peer_traffic{rank_at(tree_.parent(position)), parts_.bytes(), parts_.count()});
  }

 private:
  [[nodiscard]] constexpr std::size_t position_of(std::size_t rank) const noexcept { return detail::down(rank, root_, ranks()); }
  [[nodiscard]] constexpr std::size_t rank_at(std::size_t position) const noexcept { return detail::up(position, root_, ranks()); }

  Tree tree_;
  detail::segments parts_;
  std::size_t root_;
};

/// The root sends to all: (p - 1) N.
using linear = along<trees::star>;
/// Lines of ranks; `chain(trees::chain(ranks, chains), …)`. In one line, the pipeline, every rank but the last sends N.
using chain = along<trees::chain>;
using binary = along<trees::binary>;
using low_bit_binomial = along<trees::low_bit_binomial>;
using high_bit_binomial = along<trees::high_bit_binomial>;
using k_nomial = along<trees::k_nomial>;

/// One half of the vector goes down each of the two subtrees of a binary tree, then each rank swaps its half for the other with its
/// neighbour in the other subtree: positions 1 and 2, 3 and 4, and so on; of an even number of ranks the last gets its second half from the
/// root. The first half has the odd element. Open MPI's "split_binary_tree". Refused with `invalid_argument`: fewer than two elements.
class split_binary {
 public:
  constexpr split_binary(std::size_t ranks, std::size_t bytes, std::size_t root = 0, std::size_t segment = 0, std::size_t element = 1)
      : tree_(ranks), root_(root), half_{{0, 0}, {0, 0}} {
    detail::expect_root("commfold::wire::broadcast::split_binary", root, ranks);
    wire::blocks const halves = wire::blocks::of_vector(bytes, 2, element);
    if (halves[1] == 0)
      detail::fail<invalid_argument>("commfold::wire::broadcast::split_binary", "{} B have no two elements of {} B to split", bytes,
                                     element);
    half_[0] = {halves[0], segment};
    half_[1] = {halves[1], segment};
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return tree_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return ranks() == 1 ? 0 : swap_round() + 1; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const p = ranks();
    std::size_t const position = detail::down(rank, root_, p);
    // The first half is the longer, so that it has all segments of the second.
    for (std::size_t s = 0; s != half_[0].count(); ++s)
      tree_.children_of(position, [&](std::size_t child) {
        detail::segments const& half = half_of(child);
        if (s < half.count()) sink(message{rank, rank_at(child), half[s], tree_.round_to(child) + s});
      });
    if (position == 0) {
      if (p % 2 == 0) sink(message{rank, rank_at(p - 1), half_[1].bytes(), swap_round()});
    } else if (p % 2 != 0 || position != p - 1) {
      std::size_t const other = position % 2 == 1 ? position + 1 : position - 1;
      sink(message{rank, rank_at(other), half_of(position).bytes(), swap_round()});
    }
  }

 private:
  /// Odd positions are in the first subtree, even ones in the second.
  [[nodiscard]] constexpr detail::segments const& half_of(std::size_t position) const noexcept { return half_[position % 2 == 1 ? 0 : 1]; }
  [[nodiscard]] constexpr std::size_t rank_at(std::size_t position) const noexcept { return detail::up(position, root_, ranks()); }
  [[nodiscard]] constexpr std::size_t swap_round() const noexcept { return tree_.rounds() + half_[0].count() - 1; }

  trees::binary tree_;
  std::size_t root_;
  detail::segments half_[2];
};

/// How the scattered blocks are gathered by all.
enum class then_gather : unsigned char { by_doubling, around_the_ring };

/// Van de Geijn's broadcast: the vector is scattered along the low-bit binomial tree in blocks of ceil(n / p) elements, of which the last
/// may be short or empty, then gathered by all. What a rank sends is the sum of its subtrees' blocks, without messages for empty ones, and
/// its part of the all-gather: by recursive doubling, whose extra messages for other p than powers of two are those of MPICH and Open MPI,
/// or N - b[v+1] around the ring. Thakur, Rabenseifner and Gropp, IJHPCA 19(1), 2005. Refused with `invalid_argument`: a root outside the
/// group.
template <then_gather How>
class scatter_all_gather {
 public:
  constexpr scatter_all_gather(std::size_t ranks, std::size_t bytes, std::size_t root = 0, std::size_t element = 1)
      : tree_(ranks), bytes_(bytes), root_(root) {
    detail::expect_root("commfold::wire::broadcast::scatter_all_gather", root, ranks);
    wire::blocks const fit = wire::blocks::of_vector(bytes, ranks, element);
    block_ = fit[0];
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return tree_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t const p = ranks();
    std::size_t const position = detail::down(rank, root_, p);
    tree_.children_of(position, [&](std::size_t child) {
      std::size_t const part = sum(child, tree_.subtree(child));
      if (part != 0) sink(message{rank, rank_at(child), part, tree_.round_to(child)});
    });
    std::size_t const scattered = tree_.rounds();
    if constexpr (How == then_gather::by_doubling) {
      detail::for_each_doubling_exchange(position, p, [&](detail::doubling_exchange const& x) {
        sink(message{rank, rank_at(x.to), sum(x.first, x.count), scattered + x.round});
      });
    } else {
      for (std::size_t k = 0; k + 1 < p; ++k)
        sink(message{rank, rank_at(detail::up(position, 1, p)), sum(detail::down(position, k, p), 1), scattered + k});
    }
  }

 private:
  /// The bytes of `count` blocks from `first` on, as far as there are blocks.
  [[nodiscard]] constexpr std::size_t sum(std::size_t first, std::size_t count) const noexcept {
    std::size_t const end = first + count < ranks() ? first + count : ranks();
    return before(end) - before(first);
  }
  [[nodiscard]] constexpr std::size_t before(std::size_t block) const noexcept {
    return block_ == 0 || block <= bytes_ / block_ ? block * block_ : bytes_;
  }
  [[nodiscard]] constexpr std::size_t rank_at(std::size_t position) const noexcept { return detail::up(position, root_, ranks()); }

  trees::low_bit_binomial tree_;
  std::size_t bytes_, root_, block_ = 0;
};

using scatter_all_gather_by_doubling = scatter_all_gather<then_gather::by_doubling>;
using scatter_all_gather_ring = scatter_all_gather<then_gather::around_the_ring>;

}  // namespace commfold::wire::broadcast
