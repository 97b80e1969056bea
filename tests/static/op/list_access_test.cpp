// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/list_access.hpp>

#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using call::is_constant;

using f32x4 = cf::tensor<cf::f32, 4>;
using u8x3 = cf::tensor<cf::u8, 3>;
struct weights {
  f32x4 w;
  u8x3 b;
};

// The length is in the type where the number of children is; ranges of anything else are counted too.
static_assert(is_constant<2>(cf::detail::list_length(weights{})) && is_constant<3>(cf::detail::list_length(std::array<u8x3, 3>{})));
static_assert(is_constant<0>(cf::detail::list_length(std::tuple<>{})));
static_assert(cf::detail::list_length(std::vector<u8x3>(5)) == 5 &&
              std::is_same_v<decltype(cf::detail::list_length(std::vector<u8x3>{})), std::size_t>);
constexpr int four[] = {1, 2, 3, 4};
static_assert(is_constant<4>(cf::detail::length_of(four)) && is_constant<2>(cf::detail::length_of(std::array<char const*, 2>{})));
static_assert(cf::detail::length_of(std::vector<int>{1, 2, 3}) == 3);

// Children from left to right, pairs from both sides, whatever holds them.
constexpr auto sizes_of(auto const& list) {
  std::size_t digits = 0;
  cf::detail::for_each_entry(list, [&](auto const& t) { digits = 10 * digits + t.extent(0); });
  return digits;
}
static_assert(sizes_of(std::tuple<f32x4, u8x3, f32x4>{}) == 434 && sizes_of(weights{}) == 43 && sizes_of(std::array<u8x3, 2>{}) == 33);
using any = cf::tensor<cf::f32, cf::dyn>;
static_assert(sizes_of(std::vector<any>{any{1}, any{2}}) == 12);

constexpr auto pairs_of(auto const& a, auto const& b) {
  std::size_t digits = 0;
  cf::detail::for_each_pair(a, b, [&](auto const& x, auto const& y) { digits = 100 * digits + 10 * x.extent(0) + y.extent(0); });
  return digits;
}
static_assert(pairs_of(std::tuple<f32x4, u8x3>{}, std::tuple<u8x3, u8x3>{}) == 4333);
static_assert(pairs_of(std::tuple<f32x4, u8x3>{}, std::vector<any>{any{1}, any{2}}) == 4132);
static_assert(pairs_of(std::vector<any>{any{1}, any{2}}, std::tuple<f32x4, u8x3>{}) == 1423);
static_assert(pairs_of(std::vector<any>{any{1}, any{2}}, std::array<u8x3, 2>{}) == 1323);

}  // namespace
