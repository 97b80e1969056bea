// SPDX-License-Identifier: BSL-1.0
#include <commfold/collective/op.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/views.hpp>

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;

// A row as its author would write it: every rule, and nothing else.
struct swap_t : cf::op<swap_t> {
  static constexpr std::string_view name = "mine::swap";
  static constexpr std::string_view schema = "(Tensor[] out, Tensor[] in, ProcessGroup group) -> Tensor";
  using group = arg<2>;
  using input = arg<1>;
  using output = result;
  using message = larger<arg<0>, arg<1>>;
  static constexpr auto infer(auto const& out, auto const&, cf::any_group auto const&) { return out; }
};
constexpr swap_t swap_pairs;

static_assert(swap_t::name == "mine::swap" && swap_t::schema.ends_with("-> Tensor"));
static_assert(cf::operator_row<swap_t> && cf::operator_row<swap_t const&> && !cf::operator_row<int> && !cf::operator_row<cf::call_bytes>);

template <class Op, class... Args>
constexpr cf::call_bytes bytes(Op op, Args const&... args) {
  return cf::detail::bytes_of_call(op, cf::detail::arguments<Args...>(args...), op(args...));
}

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using u8x3 = cf::tensor<cf::u8, 3>;    // 3 B
constexpr cf::process_group<"g", 2> g;

// Which argument is which: out and in differ, and the larger one wins from either side.
static_assert(bytes(swap_pairs, f32x4{}, u8x3{}, g) == cf::call_bytes{.input = 3, .output = 16, .message = 16});
static_assert(bytes(swap_pairs, u8x3{}, f32x4{}, g) == cf::call_bytes{.input = 16, .output = 3, .message = 16});

// Trees count the sum of their tensors, whatever else they hold: 16 + 3, and 2 x 16.
struct pair_of {
  f32x4 a;
  int step;
  u8x3 b;
};
static_assert(bytes(swap_pairs, pair_of{}, std::array<f32x4, 2>{}, g) == cf::call_bytes{32, 19, 32});
static_assert(bytes(swap_pairs, std::tuple<f32x4, std::pair<u8x3, int>>{}, 7, g) == cf::call_bytes{0, 19, 19});
static_assert(bytes(swap_pairs, std::optional<f32x4>{}, std::optional<f32x4>{f32x4{}}, g) == cf::call_bytes{16, 0, 16});
static_assert(bytes(swap_pairs, cf::dynamic_tensor(cf::bf16, {5, 7}), cf::tensor<cf::f64>{}, g) == cf::call_bytes{8, 70, 70});
// A view in a tree counts what it shows, 1 of the 4 elements behind it.
constexpr auto window = cf::narrow(f32x4{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<1>);
static_assert(bytes(swap_pairs, std::tuple(window, u8x3{}), window, g) == cf::call_bytes{4, 7, 7});

// The dtype of what is counted: one, none, or several, which is none too.
template <class Rule, class... Args>
constexpr std::optional<cf::dtype> dtype_of(Args const&... args) {
  return cf::detail::dtype_under<Rule>::of(cf::detail::arguments<Args...>(args...), f32x4{});
}
using cf::detail::arg;
static_assert(dtype_of<arg<0>>(u8x3{}) == cf::u8 && dtype_of<arg<0>>(cf::dynamic_tensor(cf::bf16, {})) == cf::bf16);
static_assert(dtype_of<arg<0>>(std::array<u8x3, 2>{}) == cf::u8 && dtype_of<arg<0>>(std::pair<int, u8x3>{}) == cf::u8);
static_assert(!dtype_of<arg<0>>(pair_of{}) && !dtype_of<arg<0>>(3) && !dtype_of<arg<0>>(std::tuple<u8x3, f32x4, u8x3>{}));
static_assert(!dtype_of<cf::detail::nothing>(u8x3{}) && dtype_of<cf::detail::result>(u8x3{}) == cf::f32);

// A row can be called with what its schema takes and asked whether it can.
static_assert(std::is_same_v<decltype(swap_pairs(f32x4{}, u8x3{}, g)), f32x4>);
static_assert(std::is_invocable_v<swap_t, f32x4, u8x3, cf::process_group<"g">> && !std::is_invocable_v<swap_t, f32x4, u8x3, int>);
static_assert(!std::is_invocable_v<swap_t, f32x4, u8x3>);

}  // namespace
