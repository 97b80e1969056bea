// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/process_group.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

// Static: the size is a constant of the type, and the group is nothing but its type.
using dp64 = cf::process_group<"dp", 64>;
constexpr dp64 dp;
static_assert(std::is_empty_v<dp64> && std::is_trivially_copyable_v<dp64>);
static_assert(std::is_same_v<std::remove_cvref_t<decltype(dp.size)>, cf::size_constant<64>>);
static_assert(dp.name() == "dp" && dp64::name() == "dp");

// Run time: one number.
using any_dp = cf::process_group<"dp">;
static_assert(std::is_same_v<any_dp, cf::process_group<"dp", cf::dyn>>);
static_assert(sizeof(any_dp) == sizeof(std::size_t) && std::is_trivially_copyable_v<any_dp>);
static_assert(std::is_same_v<decltype(any_dp::size), std::size_t>);
static_assert(any_dp{8}.size == 8 && any_dp{8u}.size == 8 && any_dp{cf::size_c<8>}.size == 8 && any_dp{1}.size == 1);
static_assert(any_dp{8}.name() == "dp");

// A number is no group: `comm.all_gather(t, 8)` names none. What knows less is silent, what knows more is asked for.
static_assert(!std::is_convertible_v<int, any_dp> && std::is_constructible_v<any_dp, int> && !std::is_constructible_v<any_dp, double>);
static_assert(!std::is_default_constructible_v<any_dp>);
static_assert(std::is_convertible_v<dp64, any_dp> && any_dp(dp).size == 64);
static_assert(!std::is_constructible_v<dp64, any_dp>);
static_assert(!std::is_constructible_v<any_dp, cf::process_group<"tp", 64>> && !std::is_constructible_v<any_dp, cf::process_group<"tp">>);

// Equal by name and number of ranks, static or not.
static_assert(dp == dp64{} && dp == any_dp{64} && any_dp{64} == dp && any_dp{3} == any_dp{3});
static_assert(dp != any_dp{63} && any_dp{3} != any_dp{4});
static_assert(dp != cf::process_group<"dp", 32>{} && dp != cf::process_group<"tp", 64>{} && dp != cf::process_group<"dp2", 64>{});

static_assert(cf::any_group<dp64> && cf::any_group<any_dp const&> && !cf::any_group<int> && !cf::any_group<cf::size_constant<64>>);

// A constant with an impossible group is no constant.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<bool, F()>; };
static_assert(is_a_constant<[] { return any_dp{1}.size == 1; }>);
static_assert(!is_a_constant<[] { return any_dp{0}.size == 0; }>);
static_assert(!is_a_constant<[] { return any_dp{-1}.size == 1; }>);

}  // namespace
