// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/op/collective_op.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch's [8, 4] of a 64 x 64 storage of 16384 B.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
constexpr auto expanded = cf::expand(cf::tensor<cf::i64, 1, 5>{}, size_c<8>, size_c<5>);

// In place: the argument comes back as it is, with its strides and its storage, which is counted.
static_assert(is(fun::all_reduce_(window, sum, g), window) && is(fun::all_reduce_(expanded, sum, two), expanded) &&
              is(fun::all_reduce_(dynamic, sum, any_g), dynamic));
static_assert(is_constant<16384>(comm(fun::all_reduce_, window, sum, g)) && is_constant<40>(comm(fun::all_reduce_, expanded, sum, two)) &&
              comm(fun::all_reduce_, dynamic, sum, g) == 128);
static_assert(payload(fun::all_reduce_, window, sum, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128} &&
              payload(fun::all_reduce_, expanded, sum, two) == call_bytes{320, 320, 320});
static_assert(is(fun::broadcast_(window, 2, g), window) && is(fun::broadcast_(dynamic, size_c<3>, any_g), dynamic));
static_assert(is_constant<16384>(comm(fun::broadcast_, window, 2, g)) &&
              payload(fun::broadcast_, window, 2, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});

// Two views of one storage of 128 B: 256 B are counted, 128 B are sent.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
constexpr std::array views{upper, upper};
static_assert(is(fun::all_reduce_coalesced_(views, sum, two), views) &&
              is(fun::all_reduce_coalesced_(std::tuple{window, dynamic}, sum, any_g), std::tuple{window, dynamic}));
static_assert(is_constant<256>(comm(fun::all_reduce_coalesced_, views, sum, two)) &&
              payload(fun::all_reduce_coalesced_, views, sum, two) ==
                  call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});
static_assert(comm(fun::all_reduce_coalesced_, std::tuple{window, dynamic}, sum, any_g) == 16512);

// Into `out`, which PyTorch's meta kernels do not return: the result is a tensor of its own. The gathering form counts `out`, as PyTorch
// does when it is asked by hand: here [16, 4] of a buffer of [32, 4]; the scattering one its input.
constexpr auto out = cf::narrow(cf::tensor<cf::f32, 32, 4>{}, size_c<0>, size_c<0>, size_c<16>);
static_assert(is(fun::all_gather_into_tensor_out(upper, g.size, g, out), cf::tensor<cf::f32, 16, 4>{}));
static_assert(is_constant<512>(comm(fun::all_gather_into_tensor_out, upper, g.size, g, out)) &&
              is_constant<256>(comm(fun::all_gather_into_tensor_out, upper, 4, any_g, cf::tensor<cf::f32, 64>{})));
static_assert(payload(fun::all_gather_into_tensor_out, upper, g.size, g, out) ==
              call_bytes{.input_bytes = 64, .output_bytes = 256, .message_bytes = 256});
static_assert(is(fun::all_gather_into_tensor_out(dynamic, 2, any_g, cf::dynamic_tensor(cf::f32, {64})),
                 cf::dynamic_tensor(cf::f32, {16, 4})));
static_assert(is(fun::all_gather_into_tensor_out(cf::tensor<cf::f8e4m3fn>{}, two.size, two, cf::tensor<cf::f8e4m3fn, 2>{}),
                 cf::tensor<cf::f8e4m3fn, 2>{}));

static_assert(is(fun::reduce_scatter_tensor_out(shard{}, sum, g.size, g, cf::tensor<cf::f32, 8>{}), cf::tensor<cf::f32, 2, 4>{}));
static_assert(is_constant<128>(comm(fun::reduce_scatter_tensor_out, shard{}, sum, g.size, g, cf::tensor<cf::f32, 8>{})));
static_assert(payload(fun::reduce_scatter_tensor_out, shard{}, sum, g.size, g, cf::tensor<cf::f32, 8>{}) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(is(fun::reduce_scatter_tensor_out(dynamic, sum, 4, g, cf::tensor<cf::f32, dyn, 4>{2}), cf::dynamic_tensor(cf::f32, {2, 4})));

static_assert(!std::is_invocable_v<fun::all_reduce_in_place_t, std::tuple<shard>, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::broadcast_in_place_t, shard, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_coalesced_in_place_t, int, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_gather_into_tensor_out_t, shard, int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::reduce_scatter_tensor_out_t, shard, cf::reduce_op, int, decltype(g)>);

static_assert(!is_a_constant<[] { return fun::broadcast_(window, 4, g); }>);
static_assert(!is_a_constant<[] { return fun::all_gather_into_tensor_out(dynamic, 2, any_g, cf::dynamic_tensor(cf::f32, {63})); }>);
static_assert(!is_a_constant<[] { return fun::all_gather_into_tensor_out(dynamic, 2, any_g, cf::dynamic_tensor(cf::i32, {64})); }>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_out(dynamic, sum, 4, g, cf::dynamic_tensor(cf::f32, {9})); }>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_out(dynamic, sum, 4, g, cf::dynamic_tensor(cf::i32, {8})); }>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_out(dynamic, sum, 3, g, cf::dynamic_tensor(cf::f32, {8})); }>);

}  // namespace
