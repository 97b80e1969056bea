// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/expert/token_counts.hpp>

namespace expert = commfold::parallel::expert;
using expert::token_counts;

namespace {

// 32 tokens to 2 of 8 experts each: 8 to each expert; on 2 ranks with 4 experts each, 32 to each rank.
static_assert(token_counts::even(2, 8, 32, 2)(1, 7) == 8 && token_counts::even(2, 8, 32, 2).by_rank()(0, 1) == 32);

// A capacity factor of 5/4: ⌈32 * 2 * 5 / (8 * 4)⌉ = 10.
static_assert(token_counts::capacity(2, 8, 32, 2, 5, 4)(0, 0) == 10);
static_assert(token_counts::capacity(2, 8, 33, 1, 1)(0, 0) == 5);  // ⌈33 / 8⌉

// One expert takes half of the tokens.
constexpr bool a_skew_is_shared_by_weight() {
  token_counts const skewed = token_counts::skewed(2, {3, 1, 1, 1}, 12, 1);
  return skewed(0, 0) == 6 && skewed(1, 3) == 2 && skewed.by_rank()(0, 0) == 8 && skewed.by_rank()(0, 1) == 4;
}
static_assert(a_skew_is_shared_by_weight());

constexpr bool counts_are_those_that_are_given() {
  token_counts const given = token_counts::of({{1, 2, 3, 4}, {5, 6, 7, 8}});
  return given.ranks() == 2 && given.columns() == 4 && given(1, 2) == 7 && given.by_rank()(1, 0) == 11 && given.by_rank()(1, 1) == 15;
}
static_assert(counts_are_those_that_are_given());

}  // namespace
