// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_reduce.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::with_work;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
using any = cf::tensor<cf::f32, cf::dyn>;  // 4 B an element
constexpr cf::tensor<cf::f32, dyn, 4> mixed{8};
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
constexpr cf::tensor<cf::f64> scalar;  // 8 B
// PyTorch's [8, 4] of a 64 x 64 storage: 64 B of bfloat16 are seen, 8192 B stored.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::bf16, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
// PyTorch's [8, 4] of a 64 x 64 storage of 16384 B.
constexpr auto float_window =
    cf::narrow(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
constexpr auto transposed = cf::transpose(cf::tensor<cf::boolean, 6, 8>{}, size_c<0>, size_c<1>);
constexpr auto expanded_i64 = cf::expand(cf::tensor<cf::i64, 1, 5>{}, size_c<8>, size_c<5>);
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
constexpr auto lower = cf::narrow(shard{}, size_c<0>, size_c<4>, size_c<4>);
using view = std::remove_const_t<decltype(upper)>;
// PyTorch's public API, of float32 [8] and [3] over four ranks: 44 B a rank, 176 B in all.
using parts = std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 3>>;
constexpr std::array<any, 2> any_parts{any{8}, any{3}};
// PyTorch's bool [8, 6], [3, 5] and [8]: 71 B.
using bools = std::tuple<cf::tensor<cf::boolean, 8, 6>, cf::tensor<cf::boolean, 3, 5>, cf::tensor<cf::boolean, 8>>;
// A tree of any structure; what is no tensor stays and weighs nothing.
struct weights {
  cf::tensor<cf::f32, 8> w;  // 32 B
  int step;
  cf::tensor<cf::f32, 2> b;  // 8 B
};
constexpr weights tree{{}, 7, {}};

// allreduce_: in place, on a list that may be a tuple, an array, a vector, a struct, or one tensor in its place.
static_assert(std::is_same_v<decltype(c10d::allreduce_(std::tuple{shard{}}, g, sum)), with_work<std::tuple<shard>>>);
static_assert(std::is_same_v<decltype(c10d::allreduce_(shard{}, any_g, sum, nullptr, false, 30000)), with_work<shard>>);
static_assert(call::tensors(c10d::allreduce_(std::array{dynamic}, g, sum))[0] == dynamic);
// Views come back as they are: strides, storage and all.
static_assert(std::is_same_v<decltype(c10d::allreduce_(std::tuple{upper, lower}, two, cf::avg)), with_work<std::tuple<view, view>>>);
static_assert(is_constant<256>(comm(c10d::allreduce_, std::tuple{upper, lower}, two, cf::avg)));
static_assert(payload(c10d::allreduce_, std::tuple{upper, lower}, two, cf::avg) ==
              call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});
static_assert(is_constant<128>(comm(c10d::allreduce_, shard{}, any_g, sum)) && comm(c10d::allreduce_, std::array{dynamic}, g, sum) == 128);
static_assert(comm(c10d::allreduce_, std::vector<any>{any{2}, any{3}}, g, sum) == 20);
static_assert(is_constant<0>(comm(c10d::allreduce_, std::tuple<>{}, g, sum)));

// allreduce_coalesced_: it returns a work alone; its result is what was written into.
static_assert(std::is_same_v<decltype(c10d::allreduce_coalesced_(parts{}, g, sum, false)), cf::fake_work<parts>>);
static_assert(c10d::allreduce_coalesced_(any_parts, any_g, sum).result() == any_parts);
static_assert(is_constant<44>(comm(c10d::allreduce_coalesced_, parts{}, any_g, sum)) &&
              comm(c10d::allreduce_coalesced_, any_parts, g, sum) == 44);
static_assert(payload(c10d::allreduce_coalesced_, parts{}, g, sum) ==
              call_bytes{.input_bytes = 44, .output_bytes = 44, .message_bytes = 44});
// A window counts all of its storage, and is seen as it is.
constexpr auto bf16_window = cf::narrow(cf::tensor<cf::bf16, 64>{}, size_c<0>, size_c<0>, size_c<8>);
constexpr std::tuple of_bf16{bf16_window, cf::tensor<cf::bf16, 6>{}};
static_assert(is_constant<140>(comm(c10d::allreduce_coalesced_, of_bf16, g, sum)) &&
              payload(c10d::allreduce_coalesced_, of_bf16, g, sum) == call_bytes{28, 28, 28});
// All tensors of one call have one dtype, coalesced or not, in whatever namespace.
constexpr std::array two_dtypes{cf::dynamic_tensor(cf::f32, {3}), cf::dynamic_tensor(cf::bf16, {3})};
static_assert(!is_a_constant<[] { return c10d::allreduce_(two_dtypes, g, sum); }> &&
              !is_a_constant<[] { return c10d::allreduce_coalesced_(two_dtypes, g, sum); }> &&
              !is_a_constant<[] { return fun::all_reduce_coalesced(two_dtypes, sum, g); }> &&
              !is_a_constant<[] { return fun::all_reduce_coalesced_(two_dtypes, sum, g); }>);
// A reduction that the dtype does not have: the greatest of complex numbers, bits of floats.
using complex_vector = cf::tensor<cf::c64, 4>;
static_assert(is_a_constant<[] { return fun::all_reduce(complex_vector{}, sum, g); }> &&
              !is_a_constant<[] { return fun::all_reduce(complex_vector{}, cf::reduce_op::max, g); }> &&
              !is_a_constant<[] { return fun::all_reduce_(complex_vector{}, cf::reduce_op::min, g); }> &&
              !is_a_constant<[] { return fun::all_reduce_coalesced(complex_vector{}, cf::reduce_op::max, g); }> &&
              !is_a_constant<[] { return fun::all_reduce_coalesced_(complex_vector{}, cf::reduce_op::max, g); }> &&
              !is_a_constant<[] { return c10d::allreduce_(complex_vector{}, g, cf::reduce_op::max); }> &&
              !is_a_constant<[] { return c10d::allreduce_coalesced_(std::array{dynamic}, g, cf::reduce_op::band); }>);

// all_reduce: a fresh tensor of the input's shape; the input's storage is counted.
static_assert(is(fun::all_reduce(x, sum, g), shard{}) && is(fun::all_reduce(mixed, sum, g), cf::tensor<cf::f32, dyn, 4>{8}));
static_assert(is(fun::all_reduce(dynamic, sum, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(is(fun::all_reduce(window, cf::reduce_op::max, two), cf::tensor<cf::bf16, 8, 4>{}) &&
              is_constant<8192>(comm(fun::all_reduce, window, cf::reduce_op::max, two)));
static_assert(is(fun::all_reduce(transposed, sum, two), cf::tensor<cf::boolean, 8, 6>{}) &&
              is_constant<48>(comm(fun::all_reduce, transposed, sum, two)));
static_assert(is(fun::all_reduce(cf::dynamic_tensor(window), sum, two), cf::dynamic_tensor(cf::bf16, {8, 4})) &&
              comm(fun::all_reduce, cf::dynamic_tensor(window), sum, two) == 8192);
static_assert(is(fun::all_reduce(scalar, sum, g), cf::tensor<cf::f64>{}) && is_constant<8>(comm(fun::all_reduce, scalar, sum, any_g)));
static_assert(payload(fun::all_reduce, x, sum, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});
static_assert(payload(fun::all_reduce, window, sum, g) == call_bytes{64, 64, 64} &&
              payload(fun::all_reduce, dynamic, sum, any_g) == call_bytes{128, 128, 128});

// In place: the argument comes back as it is, with its strides and its storage, which is counted.
static_assert(is(fun::all_reduce_(float_window, sum, g), float_window) && is(fun::all_reduce_(expanded_i64, sum, two), expanded_i64) &&
              is(fun::all_reduce_(dynamic, sum, any_g), dynamic));
static_assert(is_constant<16384>(comm(fun::all_reduce_, float_window, sum, g)) &&
              is_constant<40>(comm(fun::all_reduce_, expanded_i64, sum, two)) && comm(fun::all_reduce_, dynamic, sum, g) == 128);
static_assert(payload(fun::all_reduce_, float_window, sum, g) ==
                  call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128} &&
              payload(fun::all_reduce_, expanded_i64, sum, two) == call_bytes{320, 320, 320});

// Two views of one storage of 128 B: 256 B are counted, 128 B are sent.
constexpr std::array views{upper, upper};
static_assert(is(fun::all_reduce_coalesced_(views, sum, two), views) &&
              is(fun::all_reduce_coalesced_(std::tuple{float_window, dynamic}, sum, any_g), std::tuple{float_window, dynamic}));
static_assert(is_constant<256>(comm(fun::all_reduce_coalesced_, views, sum, two)) &&
              payload(fun::all_reduce_coalesced_, views, sum, two) ==
                  call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});
static_assert(comm(fun::all_reduce_coalesced_, std::tuple{float_window, dynamic}, sum, any_g) == 16512);

// One call for all tensors of a list.
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(bools{}, sum, two)), bools>);
static_assert(is_constant<71>(comm(fun::all_reduce_coalesced, bools{}, sum, two)) &&
              payload(fun::all_reduce_coalesced, bools{}, sum, two) == call_bytes{71, 71, 71});
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(tree, sum, g)), weights> &&
              fun::all_reduce_coalesced(tree, sum, g).step == 7);
static_assert(is_constant<40>(comm(fun::all_reduce_coalesced, tree, sum, g)) &&
              payload(fun::all_reduce_coalesced, tree, sum, g) == call_bytes{40, 40, 40});
// Lists of any kind, and one tensor in place of a list; a view in, a fresh tensor out.
static_assert(is(fun::all_reduce_coalesced(shard{}, sum, any_g), shard{}) &&
              is_constant<384>(comm(fun::all_reduce_coalesced, std::array<shard, 3>{}, sum, g)));
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(std::array{cf::narrow(shard{}, size_c<0>, size_c<2>, size_c<2>)}, sum, g)),
                             std::array<cf::tensor<cf::f32, 2, 4>, 1>>);
static_assert(is_constant<128>(comm(fun::all_reduce_coalesced, std::array{cf::narrow(shard{}, size_c<0>, size_c<2>, size_c<2>)}, sum, g)));
static_assert(is_constant<0>(comm(fun::all_reduce_coalesced, std::tuple<>{}, sum, g)));

// What is no list, no group or no reduction cannot be asked about.
static_assert(!std::is_invocable_v<c10d::allreduce_t, int, decltype(g), cf::reduce_op>);
static_assert(!std::is_invocable_v<c10d::allreduce_t, std::tuple<shard>, int, cf::reduce_op>);
static_assert(!std::is_invocable_v<c10d::allreduce_t, std::tuple<shard>, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::allreduce_coalesced_t, parts, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, int, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, std::tuple<shard>, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, shard, cf::reduce_op, int>);
static_assert(!std::is_invocable_v<fun::all_reduce_in_place_t, std::tuple<shard>, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_coalesced_in_place_t, int, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_coalesced_t, int, cf::reduce_op, decltype(g)>);

}  // namespace
