// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/openmpi/decision.hpp>

#include <limits>

namespace {
namespace decisions = commfold::openmpi::decisions;

constexpr decisions::limit lines[] = {{4, 100, 1}, {4, decisions::any, 2}, {decisions::any, 10, 3}, {decisions::any, decisions::any, 4}};
static_assert(decisions::first_of(lines, 3, 99) == 1 && decisions::first_of(lines, 3, 100) == 2 && decisions::first_of(lines, 4, 9) == 3);
static_assert(decisions::first_of(lines, 4, 10) == 4);
static_assert(decisions::first_of(lines, 3, std::numeric_limits<std::size_t>::max()) == 2);  // no limit is none

}  // namespace
