// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/group.hpp>

#include <tests/support/call.hpp>

#include <cstddef>

namespace {
using commfold::gloo::detail::group;

constexpr group of(std::size_t ranks) { return {"here", ranks}; }

// Around the ring, either way.
static_assert(of(5).above(0) == 1 && of(5).above(4) == 0 && of(5).above(3, 4) == 2 && of(5).above(2, 5) == 2);
static_assert(of(5).below(0) == 4 && of(5).below(4) == 3 && of(5).below(1, 4) == 2 && of(5).below(2, 5) == 2);
static_assert(of(1).above(0) == 0 && of(1).below(0) == 0 && of(5).below(3, 0) == 3);

// A rank of gloo is an int.
static_assert(of(group::most_ranks).above(group::most_ranks - 1) == 0);
static_assert(!call::is_a_constant<[] { return of(0); }>);
static_assert(!call::is_a_constant<[] { return of(group::most_ranks + 1); }>);
static_assert(call::is_a_constant<[] { return (of(4).expect("here", "root", 3), true); }>);
static_assert(!call::is_a_constant<[] { return (of(4).expect("here", "root", 4), true); }>);

}  // namespace
