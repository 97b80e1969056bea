// SPDX-License-Identifier: BSL-1.0
// By hand: 8 experts on 4 ranks, 2 ranks to a node. Rank 0 has two tokens, rank 2 and rank 3 one each.
#include <commfold/parallel/expert/routes.hpp>

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace cf = commfold;
namespace expert = cf::parallel::expert;
using expert::token_counts;

namespace {

constexpr bool has(token_counts const& counts, std::initializer_list<std::initializer_list<std::size_t>> rows) {
  if (counts.ranks() != rows.size()) return false;
  std::size_t r = 0;
  for (auto const& row : rows) {
    if (counts.columns() != row.size()) return false;
    std::size_t c = 0;
    for (std::size_t const n : row)
      if (counts(r, c++) != n) return false;
    ++r;
  }
  return true;
}

// Ranks:        0     1     2     3
// experts:     0, 1  2, 3  4, 5  6, 7
constexpr expert::routes chosen() { return {8, {{{0, 1, 2}, {4, 6, 7}}, {}, {{5, 0, 1}}, {{6, 7, 2}}}}; }

static_assert(has(chosen().once_per_expert(), {{1, 1, 1, 0, 1, 0, 1, 1},  //
                                               {0, 0, 0, 0, 0, 0, 0, 0},
                                               {1, 1, 0, 0, 0, 1, 0, 0},
                                               {0, 0, 1, 0, 0, 0, 1, 1}}));
// A token whose experts share a rank goes there once.
static_assert(has(chosen().once_per_rank(), {{1, 1, 1, 1}, {0, 0, 0, 0}, {1, 0, 1, 0}, {0, 1, 0, 1}}));
// Rank 0's tokens: one to each node. Rank 2's, at the same place of the other node: to both.
static_assert(has(chosen().once_per_node(2, 0), {{1, 1}, {1, 1}}));
static_assert(has(chosen().once_per_node(2, 1), {{0, 0}, {1, 1}}));
// Within node 0, rank 0 passes on its own first token, to both ranks, and rank 2's, which stays; rank 1 passes on rank 3's, which stays.
static_assert(has(chosen().once_within_node(2, 0), {{2, 1}, {0, 1}}));
static_assert(has(chosen().once_within_node(2, 1), {{2, 1}, {0, 1}}));
// With all ranks on one node, or each on its own, one half is the whole and the other moves what is there.
static_assert(has(chosen().once_within_node(4, 0), {{1, 1, 1, 1}, {0, 0, 0, 0}, {1, 0, 1, 0}, {0, 1, 0, 1}}));
static_assert(has(chosen().once_per_node(1, 0), {{1, 1, 1, 1}, {0, 0, 0, 0}, {1, 0, 1, 0}, {0, 1, 0, 1}}));

constexpr bool is_about(double a, double b) { return a - b < 1e-12 && b - a < 1e-12; }
// 2 of 4 experts, 2 on each rank: of 6 pairs, 2 are of one rank. 1 * 2 / 6 + 2 * 4 / 6 = 5 / 3.
static_assert(is_about(expert::mean_ranks_of_token(4, 2, 2), 5.0 / 3.0));
static_assert(is_about(expert::mean_ranks_of_token(8, 1, 4), 1) && is_about(expert::mean_ranks_of_token(8, 8, 4), 4));
static_assert(is_about(expert::mean_ranks_of_token(8, 3, 1), 1) && is_about(expert::mean_ranks_of_token(8, 0, 4), 0));

}  // namespace
