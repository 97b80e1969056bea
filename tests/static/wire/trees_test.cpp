// SPDX-License-Identifier: BSL-1.0
// The trees that are drawn in Open MPI's coll_base_topo.c and in NCCL's trees.cc. tests/laws has all sizes.
#include <commfold/wire/trees.hpp>

#include <cstddef>
#include <initializer_list>

namespace {
namespace trees = commfold::wire::trees;

template <class Tree>
constexpr bool has_children(Tree const& tree, std::size_t position, std::initializer_list<std::size_t> wanted) {
  auto const* next = wanted.begin();
  bool equal = true;
  tree.children_of(position, [&](std::size_t child) { equal = equal && next != wanted.end() && *next++ == child; });
  return equal && next == wanted.end();
}

static_assert(commfold::wire::tree_shape<trees::star> && commfold::wire::tree_shape<trees::double_binary>);

static_assert(has_children(trees::star(4), 0, {1, 2, 3}) && has_children(trees::star(4), 2, {}));

// Of 10 positions in 4 lines the first has 3.
constexpr trees::chain lines(10, 4);
static_assert(has_children(lines, 0, {1, 4, 6, 8}) && has_children(lines, 1, {2}) && has_children(lines, 3, {}) && lines.rounds() == 3);
static_assert(lines.parent(4) == 0 && lines.parent(5) == 4 && lines.round_to(3) == 2 && lines.round_to(9) == 1);
static_assert(has_children(trees::chain(3), 0, {1}) && has_children(trees::chain(3), 1, {2}) && trees::chain(3).rounds() == 2);
static_assert(has_children(trees::chain(3, 9), 0, {1, 2}) && has_children(trees::chain(1), 0, {}) && trees::chain(1).rounds() == 0);

constexpr trees::binary seven(7);
static_assert(has_children(seven, 0, {1, 2}) && has_children(seven, 1, {3, 5}) && has_children(seven, 2, {4, 6}));
static_assert(seven.parent(5) == 1 && seven.parent(4) == 2 && seven.parent(2) == 0 && seven.rounds() == 2);

// Both binomial trees of 8.
constexpr trees::low_bit_binomial low(8);
static_assert(has_children(low, 0, {4, 2, 1}) && has_children(low, 4, {6, 5}) && has_children(low, 6, {7}) && has_children(low, 3, {}));
static_assert(low.subtree(0) == 8 && low.subtree(4) == 4 && low.subtree(6) == 2 && low.subtree(5) == 1);
static_assert(trees::low_bit_binomial(7).subtree(4) == 3 && trees::low_bit_binomial(7).subtree(6) == 1);
constexpr trees::high_bit_binomial high(8);
static_assert(has_children(high, 0, {1, 2, 4}) && has_children(high, 1, {3, 5}) && has_children(high, 3, {7}) && has_children(high, 4, {}));
static_assert(low.rounds() == 3 && high.rounds() == 3 && low.round_to(4) == 0 && high.round_to(4) == 2);

// The k-nomial trees of 10 that coll_base_topo.c draws.
static_assert(has_children(trees::k_nomial(10, 2), 0, {8, 4, 2, 1}) && has_children(trees::k_nomial(10, 2), 4, {6, 5}));
static_assert(has_children(trees::k_nomial(10, 3), 0, {9, 3, 6, 1, 2}) && has_children(trees::k_nomial(10, 3), 6, {7, 8}));
static_assert(has_children(trees::k_nomial(10, 4), 0, {4, 8, 1, 2, 3}) && has_children(trees::k_nomial(10, 4), 8, {9}));
static_assert(trees::k_nomial(10).parent(7) == 4 && trees::k_nomial(1).rounds() == 0 && trees::k_nomial(2).rounds() == 1);

// In order: of 9.
constexpr trees::in_order_binary ordered(9);
static_assert(ordered.root() == 8 && has_children(ordered, 8, {7, 3}) && has_children(ordered, 7, {6, 5}) &&
              has_children(ordered, 3, {2, 1}));
static_assert(has_children(ordered, 6, {}) && has_children(ordered, 5, {4}) && has_children(ordered, 1, {0}) && ordered.rounds() == 3);

// NCCL's pair of 8: the first as in trees.cc, the second mirrored.
constexpr trees::double_binary first(8);
constexpr trees::double_binary second(8, trees::tree_of_two::second);
static_assert(first.root() == 0 && has_children(first, 0, {4}) && has_children(first, 4, {2, 6}) && has_children(first, 6, {5, 7}));
static_assert(second.root() == 7 && has_children(second, 7, {3}) && has_children(second, 3, {5, 1}) && second.parent(0) == 1);
static_assert(trees::double_binary(5, trees::tree_of_two::second).root() == 1);  // moved by one where p is odd

}  // namespace
