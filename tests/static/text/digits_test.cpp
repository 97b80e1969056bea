// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/digits.hpp>

namespace {
using commfold::detail::digits;

static_assert(digits(0).view() == "0" && digits(7).view() == "7" && digits(1'000'000).view() == "1000000");
static_assert(digits(static_cast<std::size_t>(-1)).view() == "18446744073709551615");

static_assert(digits(0, ' ').view() == "0" && digits(999, ' ').view() == "999" && digits(1000, ' ').view() == "1 000");
static_assert(digits(1'000'000, ' ').view() == "1 000 000");  // zeros are digits
static_assert(digits(static_cast<std::size_t>(-1), ',').view() == "18,446,744,073,709,551,615");

}  // namespace
