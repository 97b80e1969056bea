// SPDX-License-Identifier: BSL-1.0
#include <commfold/size/format.hpp>

#include <string_view>

namespace {
using commfold::detail::text_of_bytes;

constexpr bool prints(std::size_t n, std::string_view text) { return text_of_bytes(n).view() == text; }

static_assert(prints(0, "0 B") && prints(512, "512 B") && prints(1023, "1 023 B"));
static_assert(prints(1024, "1 024 B (1.0 KiB)"));
static_assert(prints(141'107'412'992, "141 107 412 992 B (131.4 GiB)"));
// Ties go up: 1.25 and 1.75 KiB.
static_assert(prints(1'280, "1 280 B (1.3 KiB)") && prints(1'792, "1 792 B (1.8 KiB)"));
static_assert(prints(1'279, "1 279 B (1.2 KiB)"));
// At the edge of a unit: 1023.9 is the most that is printed, then comes 1.0 of the next.
static_assert(prints(1'048'524, "1 048 524 B (1023.9 KiB)"));
static_assert(prints(1'048'525, "1 048 525 B (1.0 MiB)"));
static_assert(prints(1'048'575, "1 048 575 B (1.0 MiB)"));
static_assert(prints(1'048'576, "1 048 576 B (1.0 MiB)"));
static_assert(prints(1'073'741'823, "1 073 741 823 B (1.0 GiB)"));
static_assert(prints(static_cast<std::size_t>(-1), "18 446 744 073 709 551 615 B (16.0 EiB)"));

}  // namespace
