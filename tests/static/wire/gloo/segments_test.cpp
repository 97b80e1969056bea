// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/segments.hpp>

#include <tests/support/call.hpp>

#include <cstddef>

namespace {
namespace detail = commfold::gloo::detail;
using detail::segments;

// 10 bytes in segments of 4: two full ones and one of 2 bytes; two a rank.
constexpr segments ten{10, 2, 4};
static_assert(ten.filled() == 3 && ten.of(0) == 4 && ten.of(1) == 4 && ten.of(2) == 2 && ten.of(3) == 0 && ten.of(99) == 0);
static_assert(ten.chunk(0) == 8 && ten.chunk(1) == 2 && ten.chunk(2) == 0);
static_assert(ten.filled_of_chunk(0) == 2 && ten.filled_of_chunk(1) == 1 && ten.filled_of_chunk(2) == 0);

// Of nothing, all are empty, and their length may be 0.
static_assert(segments{0, 2, 0}.filled() == 0 && segments{0, 2, 0}.of(0) == 0 && segments{0, 2, 0}.chunk(0) == 0);

// M: a MiB in whole elements, or one element.
static_assert(segments::longest(1) == 1048576 && segments::longest(8) == 1048576 && segments::longest(12) == 1048572);
static_assert(segments::longest(1048577) == 1048577);

static_assert(detail::quotient_up(0, 3) == 0 && detail::quotient_up(6, 3) == 2 && detail::quotient_up(7, 3) == 3);
static_assert(detail::rounded_up(7, 4, "here") == 8 && detail::rounded_up(8, 4, "here") == 8);
static_assert(!call::is_a_constant<[] { return detail::rounded_up(~std::size_t{0}, 4, "here"); }>);

static_assert(call::is_a_constant<[] { return (segments::expect_elements("here", 8, 4), true); }>);
static_assert(!call::is_a_constant<[] { return (segments::expect_elements("here", 9, 4), true); }>);
static_assert(!call::is_a_constant<[] { return (segments::expect_elements("here", 8, 0), true); }>);

}  // namespace
