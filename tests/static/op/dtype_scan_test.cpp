// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/dtype_scan.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <tuple>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;

using f32x4 = cf::tensor<cf::f32, 4>;
using u8x3 = cf::tensor<cf::u8, 3>;
struct weights {
  f32x4 w;
  u8x3 b;
};

// What the types tell, and what only the values do. A vector may be empty, so that its type tells nothing.
template <class... Trees>
constexpr cf::detail::dtype_scan types_tell() {
  cf::detail::dtype_scan scan;
  (cf::detail::see_static_dtypes<Trees>(scan), ...);
  return scan;
}
static_assert(types_tell<f32x4, std::tuple<f32x4, int>>().last == cf::f32 && !types_tell<f32x4, std::array<f32x4, 3>>().several);
static_assert(types_tell<f32x4, std::tuple<int, u8x3>>().several && types_tell<weights>().several);
static_assert(!types_tell<f32x4, cf::dynamic_tensor, std::vector<u8x3>>().several);
static_assert(cf::detail::dtypes_in(std::vector<u8x3>(1), f32x4{}).several && !cf::detail::dtypes_in(std::vector<u8x3>{}, f32x4{}).several);
static_assert(!cf::detail::dtypes_in(std::tuple<int>{}).last && cf::detail::dtypes_in(std::pair<int, u8x3>{}).last == cf::u8);
static_assert(cf::detail::dtypes_in(std::tuple<u8x3, f32x4, u8x3>{}).several);
static_assert(cf::detail::known_to_mix_dtypes<f32x4, std::tuple<int, u8x3>> && cf::detail::known_to_mix_dtypes<weights>);
static_assert(!cf::detail::known_to_mix_dtypes<f32x4, std::array<f32x4, 3>> && !cf::detail::known_to_mix_dtypes<> &&
              !cf::detail::known_to_mix_dtypes<f32x4, cf::dynamic_tensor, std::vector<u8x3>>);

// The dtypes as they are seen, one after the other: one, none, or several, of which none is the only one.
constexpr auto seen(auto... dtypes) {
  cf::detail::dtype_scan scan;
  (scan.see(dtypes), ...);
  return scan;
}
static_assert(!seen().last && !seen().several && !seen().only());
static_assert(seen(cf::u8).only() == cf::u8 && seen(cf::u8, cf::u8).only() == cf::u8 && !seen(cf::u8, cf::u8).several);
static_assert(seen(cf::u8, cf::f32).several && seen(cf::u8, cf::f32).last == cf::f32 && !seen(cf::u8, cf::f32).only());
static_assert(seen(cf::u8, cf::f32, cf::f32).several && seen(cf::f32, cf::u8, cf::f32).several);

}  // namespace
