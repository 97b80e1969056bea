// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/segments.hpp>

namespace {
using commfold::wire::detail::segments;

constexpr segments cut(10, 4);
static_assert(cut.count() == 3 && cut[0] == 4 && cut[1] == 4 && cut[2] == 2 && cut.bytes() == 10);
static_assert(segments(8, 4).count() == 2 && segments(8, 4)[1] == 4);
static_assert(segments(10, 0).count() == 1 && segments(10, 0)[0] == 10);  // in one piece
static_assert(segments(10, 40).count() == 1 && segments(10, 40)[0] == 10);
static_assert(segments(0, 4).count() == 1 && segments(0, 4)[0] == 0);  // one empty message

}  // namespace
