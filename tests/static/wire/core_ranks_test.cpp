// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/core_ranks.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
using wire::detail::core_ranks;
using wire::detail::stays;

static_assert(wire::detail::ceil_log2(1) == 0 && wire::detail::ceil_log2(2) == 1 && wire::detail::ceil_log2(5) == 3);
static_assert(wire::detail::floor_log2(1) == 0 && wire::detail::floor_log2(7) == 2 && wire::detail::floor_log2(8) == 3);
static_assert(wire::detail::up(5, 3, 6) == 2 && wire::detail::up(2, 3, 6) == 5 && wire::detail::up(0, 0, 1) == 0);
static_assert(wire::detail::down(2, 3, 6) == 5 && wire::detail::down(5, 3, 6) == 2 && wire::detail::down(0, 0, 1) == 0);

// Of 6 ranks 4 are the core. 0 and 1, 2 and 3 are pairs.
constexpr core_ranks odd("here", 6, stays::odd);
static_assert(odd.size() == 4 && odd.pairs() == 2 && odd.steps() == 2);
static_assert(!odd.has(0) && odd.has(1) && !odd.has(2) && odd.has(3) && odd.has(4) && odd.has(5));
static_assert(odd.member(1) == 0 && odd.member(3) == 1 && odd.member(4) == 2 && odd.member(5) == 3);
static_assert(odd.rank(0) == 1 && odd.rank(1) == 3 && odd.rank(2) == 4 && odd.rank(3) == 5);
static_assert(odd.first_rank(1) == 2 && odd.first_rank(2) == 4);
static_assert(core_ranks::partner(2) == 3 && core_ranks::partner(3) == 2);

constexpr core_ranks even("here", 7, stays::even);
static_assert(even.has(0) && !even.has(1) && even.has(6) && even.rank(2) == 4 && even.member(4) == 2);

// A power of two has no pairs.
static_assert(core_ranks("here", 8, stays::odd).pairs() == 0 && core_ranks("here", 1, stays::even).steps() == 0);

}  // namespace
