// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/trees.hpp
/// The shapes of the trees along which libraries broadcast and reduce. Shapes of one number of rounds and one total differ in who sends
/// how much, so an algorithm names its shape.

#include <commfold/wire/core_ranks.hpp>

#include <bit>
#include <concepts>
#include <cstddef>

namespace commfold::wire {

namespace detail {

struct any_child_sink {
  constexpr void operator()(std::size_t) const noexcept {}
};

}  // namespace detail

/// A tree over the positions 0 to p - 1 of a group: `ranks()`, `root()`, `parent(position)` of all but the root, `children_of(position,
/// sink)`, which calls sink(child) in the order in which a broadcast serves them, `round_to(position)`, the round in which a broadcast of
/// one message reaches a position, and `rounds()`, their number. A reduction runs the rounds backwards. Which rank has which position says
/// the algorithm: of most, rank (position + root of the call) mod p.
template <class T>
concept tree_shape = requires(T const& t, std::size_t position) {
  { t.ranks() } -> std::same_as<std::size_t>;
  { t.root() } -> std::same_as<std::size_t>;
  { t.parent(position) } -> std::same_as<std::size_t>;
  { t.round_to(position) } -> std::same_as<std::size_t>;
  { t.rounds() } -> std::same_as<std::size_t>;
  t.children_of(position, detail::any_child_sink{});
};

namespace trees {

/// All are children of the root, and are served in one round. The tree of "linear" algorithms.
class star {
 public:
  constexpr explicit star(std::size_t ranks) : ranks_(ranks) { detail::expect_group("commfold::wire::trees::star", ranks); }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return ranks_ == 1 ? 0 : 1; }
  [[nodiscard]] constexpr std::size_t parent(std::size_t) const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t) const noexcept { return 0; }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    if (position != 0) return;
    for (std::size_t child = 1; child != ranks_; ++child) sink(child);
  }

 private:
  std::size_t ranks_;
};

/// Lines that begin at the root: `chains` of them, at most p - 1, of which the first (p - 1) mod chains are one position longer. Positions
/// along a line follow each other. One chain is a pipeline. Open MPI's "chain" has 4, and one where it is told 0.
class chain {
 public:
  constexpr explicit chain(std::size_t ranks, std::size_t chains = 1) : ranks_(ranks), chains_(chains == 0 ? 1 : chains) {
    detail::expect_group("commfold::wire::trees::chain", ranks);
    if (chains_ > ranks - 1) chains_ = ranks == 1 ? 1 : ranks - 1;
    length_ = (ranks - 1) / chains_;
    longer_ = (ranks - 1) % chains_;
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return length_ + (longer_ == 0 ? 0 : 1); }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept { return is_head(position) ? 0 : position - 1; }
  /// How far along its line a position is.
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept {
    std::size_t const in_longer = longer_ * (length_ + 1);
    return position - 1 < in_longer ? (position - 1) % (length_ + 1) : (position - 1 - in_longer) % length_;
  }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    if (position != 0) {
      if (position + 1 != ranks_ && !is_head(position + 1)) sink(position + 1);
      return;
    }
    std::size_t head = 1;
    for (std::size_t i = 0; i != chains_ && head < ranks_; ++i) {
      sink(head);
      head += length_ + (i < longer_ ? 1 : 0);
    }
  }

 private:
  [[nodiscard]] constexpr bool is_head(std::size_t position) const noexcept { return round_to(position) == 0; }

  std::size_t ranks_, chains_, length_ = 0, longer_ = 0;
};

/// Level l has the positions 2^l - 1 to 2^(l+1) - 2, and position v of level l the children v + 2^l and v + 2^(l+1): of 7, 1 has 3 and 5,
/// and 2 has 4 and 6. Open MPI's "binary" (coll_base_topo.c, topo_build_tree). Both children are served in one round.
class binary {
 public:
  constexpr explicit binary(std::size_t ranks) : ranks_(ranks) { detail::expect_group("commfold::wire::trees::binary", ranks); }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return detail::floor_log2(ranks_); }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept {
    std::size_t const step = std::bit_floor(position + 1) / 2;  // 2^l of the parent's level
    return position - step < 2 * step - 1 ? position - step : position - 2 * step;
  }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept { return detail::floor_log2(position + 1) - 1; }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    std::size_t const step = std::bit_floor(position + 1);
    if (position + step < ranks_) sink(position + step);
    if (position + 2 * step < ranks_) sink(position + 2 * step);
  }

 private:
  std::size_t ranks_;
};

/// The binomial tree whose subtrees are ranges: the parent of v is v without its lowest bit, and the farthest child comes first. Open MPI
/// reduces, gathers and scatters along it ("in-order bmtree"), and MPICH broadcasts.
class low_bit_binomial {
 public:
  constexpr explicit low_bit_binomial(std::size_t ranks) : ranks_(ranks) {
    detail::expect_group("commfold::wire::trees::low_bit_binomial", ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return detail::ceil_log2(ranks_); }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept { return position & (position - 1); }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept {
    return rounds() - 1 - static_cast<std::size_t>(std::countr_zero(position));
  }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    for (std::size_t step = reach(position) / 2; step != 0; step /= 2)
      if (position + step < ranks_) sink(position + step);
  }

  /// The positions of a subtree are `position` and those after it.
  [[nodiscard]] constexpr std::size_t subtree(std::size_t position) const noexcept {
    std::size_t const most = reach(position);
    return most < ranks_ - position ? most : ranks_ - position;
  }

 private:
  [[nodiscard]] constexpr std::size_t reach(std::size_t position) const noexcept {
    return position == 0 ? std::bit_ceil(ranks_) : position & (~position + 1);
  }

  std::size_t ranks_;
};

/// The other binomial tree: the parent of v is v without its highest bit, so v sends to v + m for each power of two m > v, the nearest
/// first. Open MPI broadcasts along it ("bmtree").
class high_bit_binomial {
 public:
  constexpr explicit high_bit_binomial(std::size_t ranks) : ranks_(ranks) {
    detail::expect_group("commfold::wire::trees::high_bit_binomial", ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return detail::ceil_log2(ranks_); }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept { return position - std::bit_floor(position); }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept { return detail::floor_log2(position); }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    for (std::size_t step = position == 0 ? 1 : 2 * std::bit_floor(position); step < ranks_ - position; step *= 2) sink(position + step);
  }

 private:
  std::size_t ranks_;
};

/// The parent of v is v with its lowest digit that is not 0, in base `radix`, set to 0. With radix 2 it is the low-bit binomial tree. A
/// position serves one child a round, the farthest digit first. Open MPI's "knomial" has radix 4.
class k_nomial {
 public:
  constexpr explicit k_nomial(std::size_t ranks, std::size_t radix = 4) : ranks_(ranks), radix_(radix) {
    detail::expect_group("commfold::wire::trees::k_nomial", ranks);
    if (radix < 2) detail::fail<invalid_argument>("commfold::wire::trees::k_nomial", "a radix is at least 2, and this one is {}", radix);
    for (std::size_t left = ranks - 1; left != 0; left /= radix) ++levels_;
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return 0; }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept {
    if (levels_ == 0) return 0;
    return (levels_ - 1) * (radix_ - 1) + (ranks_ < radix_ ? ranks_ : radix_) - 1;
  }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept {
    digit const lowest = lowest_digit(position);
    return position - lowest.value * lowest.weight;
  }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept {
    digit const lowest = lowest_digit(position);
    return (levels_ - 1 - lowest.level) * (radix_ - 1) + lowest.value - 1;
  }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    std::size_t level = position == 0 ? levels_ : lowest_digit(position).level;
    while (level-- != 0) {
      std::size_t weight = 1;
      for (std::size_t i = 0; i != level; ++i) weight *= radix_;
      for (std::size_t value = 1; value != radix_ && value <= (ranks_ - 1 - position) / weight; ++value) sink(position + value * weight);
    }
  }

 private:
  struct digit {
    std::size_t level, weight, value;
  };
  [[nodiscard]] constexpr digit lowest_digit(std::size_t position) const noexcept {
    digit d{0, 1, 0};
    for (; (d.value = position % radix_) == 0; position /= radix_) {
      ++d.level;
      d.weight *= radix_;
    }
    return d;
  }

  std::size_t ranks_, radix_, levels_ = 0;
};

/// A binary tree that combines in the order of the ranks, for reductions that do not commute. Of n positions the last is the root; its one
/// child is the root of the tree of the first n / 2, the other that of the rest. Open MPI's "in-order binary".
class in_order_binary {
 public:
  constexpr explicit in_order_binary(std::size_t ranks) : ranks_(ranks) {
    detail::expect_group("commfold::wire::trees::in_order_binary", ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return ranks_ - 1; }
  /// The larger subtree of n positions has n / 2.
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return detail::floor_log2(ranks_); }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept { return find(position).parent; }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept { return find(position).depth - 1; }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    place const at = find(position);
    if (at.size >= 2) sink(position - 1);
    if (at.size >= 3) sink(at.first + at.size / 2 - 1);
  }

 private:
  /// The subtree whose root is a position: `size` positions from `first` on.
  struct place {
    std::size_t first, size, parent, depth;
  };
  [[nodiscard]] constexpr place find(std::size_t position) const noexcept {
    place at{0, ranks_, 0, 0};
    while (position != at.first + at.size - 1) {
      at.parent = at.first + at.size - 1;
      ++at.depth;
      std::size_t const half = at.size == 2 ? 0 : at.size / 2;
      if (position < at.first + half) {
        at.size = half;
      } else {
        at.first += half;
        at.size -= half + 1;
      }
    }
    return at;
  }

  std::size_t ranks_;
};

/// Which of two trees.
enum class tree_of_two : unsigned char { first, second };

/// One of NCCL's two binary trees (src/graph/trees.cc, ncclGetDtree): a rank that has children in the one is a leaf of the other, but for
/// one rank. In the first, position 0 is the root and has one child, 2^(ceil lg p - 1), and a position whose lowest bit is 2^k has children
/// 2^(k-1) below and above. The second is the first, moved by one position where p is odd and mirrored where it is even. Sanders, Speck and
/// Träff, Two-tree algorithms for full bandwidth broadcast, reduction and scan, 2009.
class double_binary {
 public:
  constexpr explicit double_binary(std::size_t ranks, tree_of_two which = tree_of_two::first) : ranks_(ranks), which_(which) {
    detail::expect_group("commfold::wire::trees::double_binary", ranks);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t root() const noexcept { return outside(0); }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return detail::ceil_log2(ranks_); }
  [[nodiscard]] constexpr std::size_t parent(std::size_t position) const noexcept {
    std::size_t const own = inside(position);
    std::size_t const bit = own & (~own + 1);
    std::size_t const above = (own ^ bit) | (bit << 1);
    return outside(above < ranks_ ? above : own ^ bit);
  }
  [[nodiscard]] constexpr std::size_t round_to(std::size_t position) const noexcept {
    return rounds() - 1 - static_cast<std::size_t>(std::countr_zero(inside(position)));
  }
  template <class Sink>
  constexpr void children_of(std::size_t position, Sink&& sink) const {
    std::size_t const own = inside(position);
    if (own == 0) {
      if (ranks_ > 1) sink(outside(std::bit_ceil(ranks_) / 2));
      return;
    }
    std::size_t step = (own & (~own + 1)) / 2;
    if (step != 0) sink(outside(own - step));
    while (step != 0 && own + step >= ranks_) step /= 2;
    if (step != 0) sink(outside(own + step));
  }

 private:
  [[nodiscard]] constexpr std::size_t inside(std::size_t position) const noexcept {
    if (which_ == tree_of_two::first) return position;
    return ranks_ % 2 == 0 ? ranks_ - 1 - position : detail::down(position, 1, ranks_);
  }
  [[nodiscard]] constexpr std::size_t outside(std::size_t position) const noexcept {
    if (which_ == tree_of_two::first || ranks_ == 1) return position;
    return ranks_ % 2 == 0 ? ranks_ - 1 - position : detail::up(position, 1, ranks_);
  }

  std::size_t ranks_;
  tree_of_two which_;
};

}  // namespace trees
}  // namespace commfold::wire
