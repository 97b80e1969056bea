// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rules.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/tree/sum.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace detail = commfold::detail;
using call::is_a_constant;
using call::is_constant;
using detail::arg;
using detail::both;
using detail::larger;
using detail::on_root;
using detail::times_ranks;

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using u8x3 = cf::tensor<cf::u8, 3>;    // 3 B
constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
// Shows 4 B of 16 B.
constexpr auto window = cf::narrow(f32x4{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<1>);

template <class Rule>
constexpr auto storage(auto const& args, auto const& result) {
  return detail::weighed<Rule>::as(cf::sum_tensors, args, result);
}
template <class Rule>
constexpr std::size_t payload(auto const& args, auto const& result) {
  return detail::weighed<Rule>::as(detail::tree_payload, args, result);
}

// Arguments are a tuple, another product, or those of a call side by side by reference.
constexpr std::tuple args{f32x4{}, u8x3{}, window, g};
static_assert(is_constant<16>(storage<arg<0>>(args, 0)) && is_constant<3>(storage<arg<1>>(args, 0)));
static_assert(is_constant<16>(storage<arg<2>>(args, 0)) && payload<arg<2>>(args, 0) == 4);
struct named {
  f32x4 a;
  u8x3 b;
};
static_assert(is_constant<3>(storage<arg<1>>(named{}, 0)));
constexpr f32x4 referred;
static_assert(is_constant<16>(storage<arg<0>>(detail::arguments<f32x4, cf::process_group<"g", 4>>(referred, g), 0)));
static_assert(detail::looks_at<arg<3>, decltype(args), int> && !detail::looks_at<arg<4>, decltype(args), int>);

// The result, the larger of two from either side, and both together.
static_assert(is_constant<3>(storage<detail::result>(args, u8x3{})) && payload<detail::result>(args, std::tuple(u8x3{}, window)) == 7);
static_assert(is_constant<16>(storage<larger<arg<0>, arg<1>>>(args, 0)) && is_constant<16>(storage<larger<arg<1>, arg<0>>>(args, 0)));
static_assert(is_constant<19>(storage<both<arg<0>, arg<1>>>(args, 0)) && payload<both<arg<2>, detail::result>>(args, window) == 8);
static_assert(is_constant<0>(storage<detail::nothing>(args, 0)));
static_assert(payload<larger<arg<0>, arg<1>>>(std::tuple(cf::dynamic_tensor(cf::u8, {20}), f32x4{}), 0) == 20);

// Trees count the sum of their tensors, whatever else they hold.
static_assert(payload<arg<0>>(std::tuple<std::tuple<f32x4, std::pair<u8x3, int>>>{}, 0) == 19);
static_assert(payload<arg<0>>(std::tuple(std::array{window, window}), 0) == 8 && payload<arg<0>>(std::tuple(7), 0) == 0);
static_assert(payload<arg<0>>(std::tuple(std::optional<f32x4>{}), 0) == 0);

// As often as the group has ranks; the root's own list where there is one.
static_assert(is_constant<64>(storage<times_ranks<arg<0>, arg<3>>>(args, 0)) && payload<times_ranks<arg<2>, arg<3>>>(args, 0) == 16);
static_assert(payload<times_ranks<arg<0>, arg<1>>>(std::tuple(f32x4{}, any_g), 0) == 64);
using scattered = on_root<arg<1>, times_ranks<arg<0>, arg<2>>>;
static_assert(payload<scattered>(std::tuple(u8x3{}, std::tuple<>{}, g), 0) == 12);
static_assert(payload<scattered>(std::tuple(u8x3{}, std::array<std::tuple<f32x4, u8x3>, 1>{}, g), 0) == 19);
using any = cf::tensor<cf::u8, cf::dyn>;
static_assert(payload<scattered>(std::tuple(u8x3{}, std::vector<any>{}, any_g), 0) == 12);
static_assert(payload<scattered>(std::tuple(u8x3{}, std::vector<any>{any{1}, any{5}}, any_g), 0) == 6);

// Of a batch, the tensors whose operation it is.
constexpr std::array<std::string_view, 3> operations{"isend", "irecv", "isend"};
constexpr std::array peers{1, 0, 2};
constexpr std::tuple batch{operations, peers, peers, std::tuple<f32x4, u8x3, f32x4>{}, g};
static_assert(payload<detail::batched<"isend">>(batch, 0) == 32 && payload<detail::batched<"irecv">>(batch, 0) == 3);

// The dtype of what is counted: one, none, or several, which is none too.
template <class Rule, class... Args>
constexpr std::optional<cf::dtype> dtype_of(Args const&... given) {
  return detail::dtype_under<Rule>::of(detail::arguments<Args...>(given...), f32x4{});
}
static_assert(dtype_of<arg<0>>(u8x3{}) == cf::u8 && dtype_of<arg<0>>(cf::dynamic_tensor(cf::bf16, {})) == cf::bf16);
static_assert(dtype_of<arg<0>>(std::array<u8x3, 2>{}) == cf::u8 && dtype_of<arg<0>>(std::pair<int, u8x3>{}) == cf::u8);
static_assert(!dtype_of<arg<0>>(named{}) && !dtype_of<arg<0>>(3) && !dtype_of<arg<0>>(std::tuple<u8x3, f32x4, u8x3>{}));
static_assert(!dtype_of<detail::nothing>(u8x3{}) && dtype_of<detail::result>(u8x3{}) == cf::f32);
static_assert(dtype_of<larger<arg<1>, arg<0>>>(u8x3{}, f32x4{}) == cf::f32 && dtype_of<both<arg<0>, arg<1>>>(u8x3{}, f32x4{}) == cf::u8);
// The root's list may be empty; what every rank has is not.
static_assert(dtype_of<scattered>(u8x3{}, std::tuple<>{}, g) == cf::u8 && dtype_of<times_ranks<arg<0>, arg<1>>>(u8x3{}, g) == cf::u8);

}  // namespace
