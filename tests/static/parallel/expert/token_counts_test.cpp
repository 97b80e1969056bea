// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/expert/token_counts.hpp>

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace cf = commfold;
using cf::parallel::expert::token_counts;

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

constexpr token_counts uneven() { return token_counts::of({{1, 2, 3, 4}, {5, 0, 7, 8}}); }
static_assert(has(uneven(), {{1, 2, 3, 4}, {5, 0, 7, 8}}));
static_assert(has(uneven().by_rank(), {{3, 7}, {5, 15}}));

// 16 tokens that choose 2 of 4 experts: 8 for each. By a factor of 5/4, 10; of 13 tokens 26 * 5 / 16 = 8.125, so 9.
static_assert(has(token_counts::even(2, 4, 16, 2), {{8, 8, 8, 8}, {8, 8, 8, 8}}));
static_assert(has(token_counts::capacity(1, 4, 16, 2, 5, 4), {{10, 10, 10, 10}}));
static_assert(has(token_counts::capacity(1, 4, 13, 2, 5, 4), {{9, 9, 9, 9}}));
static_assert(has(token_counts::skewed(2, {4, 3, 1, 0}, 16, 2), {{16, 12, 4, 0}, {16, 12, 4, 0}}));
// Alike rows are kept once and are still a table.
static_assert(has(token_counts::skewed(2, {4, 3, 1, 0}, 16, 2).by_rank(), {{28, 4}, {28, 4}}));

}  // namespace
