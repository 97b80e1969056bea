// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/traffic_totals.hpp>

#include <commfold/size/size_constant.hpp>

#include <cstddef>
#include <type_traits>

namespace {
namespace cf = commfold;
using totals = cf::traffic_totals;

// Number by number; each tells totals apart.
static_assert(totals{1, 20, 300, 4000} + totals{5, 60, 700, 8000} == totals{6, 80, 1000, 12000} && totals{} + totals{} == totals{});
static_assert(totals{1, 2, 3, 4} != totals{9, 2, 3, 4} && totals{1, 2, 3, 4} != totals{1, 9, 3, 4} &&
              totals{1, 2, 3, 4} != totals{1, 2, 9, 4} && totals{1, 2, 3, 4} != totals{1, 2, 3, 9});
static_assert(cf::detail::totals_of(3, {2, 5, 7}) == totals{3, 6, 15, 21} && cf::detail::totals_of(0, {2, 5, 7}) == totals{});

// The largest sum is one, and a larger one no constant, whichever number it is of.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
template <totals A, totals B>
constexpr std::size_t sum() {
  return (A + B).calls;
}
constexpr std::size_t most = cf::dyn;
static_assert(is_a_constant<sum<totals{most, most, most, most}, totals{}>> && is_a_constant<sum<totals{1, 1, 1, 1}, totals{most - 1}>>);
static_assert(!is_a_constant<sum<totals{most}, totals{1, 0, 0, 0}>> && !is_a_constant<sum<totals{0, most}, totals{0, 1, 0, 0}>> &&
              !is_a_constant<sum<totals{0, 0, most}, totals{0, 0, 1, 0}>> &&
              !is_a_constant<sum<totals{0, 0, 0, most}, totals{0, 0, 0, 1}>>);
template <std::size_t Calls, cf::call_bytes Each>
constexpr std::size_t product() {
  return cf::detail::totals_of(Calls, Each).calls;
}
static_assert(is_a_constant<product<most, cf::call_bytes{1, 1, 1}>> && is_a_constant<product<1, cf::call_bytes{most, most, most}>>);
static_assert(!is_a_constant<product<2, cf::call_bytes{most, 0, 0}>> && !is_a_constant<product<2, cf::call_bytes{0, most, 0}>> &&
              !is_a_constant<product<2, cf::call_bytes{0, 0, most}>>);

}  // namespace
