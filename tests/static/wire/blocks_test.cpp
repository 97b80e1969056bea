// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/blocks.hpp>

#include "is_a_constant.hpp"

#include <cstddef>
#include <limits>

namespace {
using commfold::bytes_by_rank;
using commfold::wire::blocks;

constexpr auto seven = blocks::of_vector(7, 4);
static_assert(seven.ranks() == 4 && seven.total() == 7);
static_assert(seven[0] == 2 && seven[1] == 2 && seven[2] == 2 && seven[3] == 1);
static_assert(seven[4] == 2 && seven[7] == 1);  // mod p

// Whole elements: 5 floats on 4 ranks are 2, 1, 1 and 1 of them.
constexpr auto floats = blocks::of_vector(20, 4, 4);
static_assert(floats[0] == 8 && floats[1] == 4 && floats[3] == 4 && floats.total() == 20);

// Fewer elements than ranks: the last blocks are empty.
static_assert(blocks::of_vector(2, 4)[1] == 1 && blocks::of_vector(2, 4)[2] == 0);

constexpr std::size_t sizes[] = {5, 0, 3, 2};
constexpr auto listed = blocks::of(bytes_by_rank(sizes, 4));
static_assert(listed.total() == 10 && listed[1] == 0 && listed[6] == 3);

constexpr auto equal = blocks::equal(6, 3);
static_assert(equal.total() == 18 && equal[2] == 6);

// Sums go around, and are what one block after the other adds up to.
constexpr bool sums_are_those_of_blocks(blocks const& all) {
  for (std::size_t first = 0; first != 2 * all.ranks(); ++first) {
    std::size_t sum = 0;
    for (std::size_t count = 0; count <= all.ranks(); ++count) {
      if (all.sum(first, count) != sum) return false;
      sum += all[first + count];
    }
  }
  return true;
}
static_assert(sums_are_those_of_blocks(seven) && sums_are_those_of_blocks(floats) && sums_are_those_of_blocks(listed));
static_assert(listed.sum(3, 2) == 7);

static_assert(!is_a_constant<[] { return blocks::equal(1, 0).total(); }>);
static_assert(!is_a_constant<[] { return blocks::of_vector(1, 0).total(); }>);
static_assert(!is_a_constant<[] { return blocks::of_vector(7, 2, 4).total(); }>);
static_assert(!is_a_constant<[] { return blocks::of_vector(8, 2, 0).total(); }>);
static_assert(!is_a_constant<[] { return blocks::of(bytes_by_rank()).total(); }>);
static_assert(!is_a_constant<[] { return blocks::equal(std::numeric_limits<std::size_t>::max() / 2, 3).total(); }>);
static_assert(is_a_constant<[] { return blocks::equal(std::numeric_limits<std::size_t>::max() / 3, 3).total(); }>);
}  // namespace
