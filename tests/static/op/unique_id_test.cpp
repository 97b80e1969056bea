// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/unique_id.hpp>

#include <cstdint>
#include <type_traits>

namespace {
namespace cf = commfold;

static_assert(std::is_same_v<decltype(cf::generate_unique_id()), std::uint64_t> && noexcept(cf::generate_unique_id()));

// SplitMix64's finaliser, computed elsewhere; what is counted from 1 is never given as 0.
static_assert(cf::detail::scrambled(0) == 0);
static_assert(cf::detail::scrambled(1) == 0x5692161d100b05e5);
static_assert(cf::detail::scrambled(2) == 0xdbd238973a2b148a);
static_assert(cf::detail::scrambled(0xffffffffffffffff) == 0xb4d055fcf2cbbd7b);

// A constant would be the same number wherever it is asked for.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<bool, F()>; };
static_assert(!is_a_constant<[] { return cf::generate_unique_id() != 0; }>);

}  // namespace
