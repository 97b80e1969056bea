// SPDX-License-Identifier: BSL-1.0
#include <commfold/size/literals.hpp>

#include <type_traits>

namespace {
using namespace commfold::literals;

static_assert(std::is_same_v<decltype(1_KB), std::size_t>);
static_assert(7_B == 7 && 0_TiB == 0);
// Decimal and binary units are different words.
static_assert(1_KB == 1'000 && 1_MB == 1'000'000 && 1_GB == 1'000'000'000 && 1_TB == 1'000'000'000'000);
static_assert(1_KiB == 1'024 && 1_MiB == 1'048'576 && 1_GiB == 1'073'741'824 && 1_TiB == 1'099'511'627'776);
static_assert(450_GB == 450'000'000'000);
static_assert(16'777'215_TiB == 18'446'742'974'197'923'840u);  // the largest that fits 64 bits
// However it is spelled.
static_assert(0x10_KiB == 16'384 && 0b101_KB == 5'000 && 010_B == 8 && 1'0'0_B == 100 && 0XfF_B == 255);

}  // namespace
