// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::received_from;
using call::sent_to;
using cf::call_bytes;
using cf::dyn;
using cf::even_split;
using cf::size_c;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
constexpr cf::tensor<cf::f32, dyn, 4> mixed{8};
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch's [8, 4] of a 64 x 64 storage: 64 B of bfloat16 are seen, 8192 B stored.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::bf16, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
constexpr auto transposed = cf::transpose(cf::tensor<cf::boolean, 6, 8>{}, size_c<0>, size_c<1>);
constexpr auto expanded = cf::expand(cf::tensor<cf::u8, 1, 5>{}, size_c<8>, size_c<5>);
constexpr cf::tensor<cf::f64> scalar;  // 8 B

// all_reduce: a fresh tensor of the input's shape; the input's storage is counted.
static_assert(is(fun::all_reduce(x, sum, g), shard{}) && is(fun::all_reduce(mixed, sum, g), cf::tensor<cf::f32, dyn, 4>{8}));
static_assert(is(fun::all_reduce(dynamic, sum, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(is(fun::all_reduce(window, cf::reduce_op::max, two), cf::tensor<cf::bf16, 8, 4>{}) &&
              is_constant<8192>(comm(fun::all_reduce, window, cf::reduce_op::max, two)));
static_assert(is(fun::all_reduce(transposed, cf::avg, two), cf::tensor<cf::boolean, 8, 6>{}) &&
              is_constant<48>(comm(fun::all_reduce, transposed, cf::avg, two)));
static_assert(is(fun::all_reduce(cf::dynamic_tensor(window), sum, two), cf::dynamic_tensor(cf::bf16, {8, 4})) &&
              comm(fun::all_reduce, cf::dynamic_tensor(window), sum, two) == 8192);
static_assert(is(fun::all_reduce(scalar, sum, g), cf::tensor<cf::f64>{}) && is_constant<8>(comm(fun::all_reduce, scalar, sum, any_g)));
static_assert(payload(fun::all_reduce, x, sum, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});
static_assert(payload(fun::all_reduce, window, sum, g) == call_bytes{64, 64, 64} &&
              payload(fun::all_reduce, dynamic, sum, any_g) == call_bytes{128, 128, 128});

// all_gather: a shard in, p shards out, which are counted. The group's size is the argument's, even where the group has another.
static_assert(is(fun::all_gather_into_tensor(x, g.size, g), cf::tensor<cf::f32, 32, 4>{}) &&
              is_constant<512>(comm(fun::all_gather_into_tensor, x, g.size, g)));
static_assert(is(fun::all_gather_into_tensor(x, size_c<3>, g), cf::tensor<cf::f32, 24, 4>{}) &&
              is_constant<384>(comm(fun::all_gather_into_tensor, x, size_c<3>, two)));
static_assert(is(fun::all_gather_into_tensor(x, any_g.size, any_g), cf::tensor<cf::f32, dyn, 4>{32}) &&
              comm(fun::all_gather_into_tensor, x, 4, any_g) == 512);
static_assert(is(fun::all_gather_into_tensor(mixed, g.size, g), cf::tensor<cf::f32, dyn, 4>{32}));
static_assert(is(fun::all_gather_into_tensor(dynamic, 4, g), cf::dynamic_tensor(cf::f32, {32, 4})));
static_assert(is(fun::all_gather_into_tensor(window, two.size, two), cf::tensor<cf::bf16, 16, 4>{}) &&
              is_constant<128>(comm(fun::all_gather_into_tensor, window, two.size, two)));
static_assert(is(fun::all_gather_into_tensor(expanded, g.size, g), cf::tensor<cf::u8, 32, 5>{}) &&
              is_constant<160>(comm(fun::all_gather_into_tensor, expanded, g.size, g)));
static_assert(is(fun::all_gather_into_tensor(scalar, g.size, g), cf::tensor<cf::f64, 4>{}) &&
              is(fun::all_gather_into_tensor(scalar, 4, g), cf::tensor<cf::f64, dyn>{4}));
static_assert(payload(fun::all_gather_into_tensor, x, g.size, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 512, .message_bytes = 512});
static_assert(payload(fun::all_gather_into_tensor, expanded, g.size, g) == call_bytes{40, 160, 160});

// reduce_scatter: the whole vector in, which is counted, a shard out.
static_assert(is(fun::reduce_scatter_tensor(x, sum, g.size, g), cf::tensor<cf::f32, 2, 4>{}) &&
              is_constant<128>(comm(fun::reduce_scatter_tensor, x, sum, g.size, g)));
static_assert(is(fun::reduce_scatter_tensor(x, sum, any_g.size, any_g), cf::tensor<cf::f32, dyn, 4>{2}) &&
              is_constant<128>(comm(fun::reduce_scatter_tensor, x, sum, 4, any_g)));
static_assert(is(fun::reduce_scatter_tensor(cf::tensor<cf::f32, 9, 4>{}, sum, size_c<3>, two), cf::tensor<cf::f32, 3, 4>{}));
static_assert(is(fun::reduce_scatter_tensor(mixed, sum, g.size, g), cf::tensor<cf::f32, dyn, 4>{2}) &&
              is(fun::reduce_scatter_tensor(dynamic, sum, 4, g), cf::dynamic_tensor(cf::f32, {2, 4})));
static_assert(is(fun::reduce_scatter_tensor(window, sum, g.size, g), cf::tensor<cf::bf16, 2, 4>{}) &&
              is_constant<8192>(comm(fun::reduce_scatter_tensor, window, sum, g.size, g)));
static_assert(payload(fun::reduce_scatter_tensor, x, sum, g.size, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(payload(fun::reduce_scatter_tensor, window, sum, 4, any_g) == call_bytes{64, 16, 64});

// broadcast: a fresh tensor, whichever rank the root is, known while compiling or not.
static_assert(is(fun::broadcast(x, 0, g), shard{}) && is(fun::broadcast(x, size_c<3>, g), shard{}) &&
              is(fun::broadcast(dynamic, 3, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(is(fun::broadcast(expanded, 1, two), cf::tensor<cf::u8, 8, 5>{}) && is_constant<5>(comm(fun::broadcast, expanded, 1, two)));
static_assert(payload(fun::broadcast, x, 3, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128} &&
              payload(fun::broadcast, expanded, 1, two) == call_bytes{40, 40, 40});

// all_to_all: dimension 0 is what is received; both sides are counted. PyTorch: [8, 4] sent as [8, 0] and received as [1, 2], 128 + 48 B.
constexpr std::array one_two{1, 2};
constexpr std::array eight_none{8, 0};
static_assert(is(fun::all_to_all_single(x, one_two, eight_none, two), cf::tensor<cf::f32, dyn, 4>{3}) &&
              comm(fun::all_to_all_single, x, one_two, eight_none, two) == 176);
static_assert(payload(fun::all_to_all_single, x, one_two, eight_none, two) ==
              call_bytes{.input_bytes = 128, .output_bytes = 48, .message_bytes = 128});
static_assert(sent_to(fun::all_to_all_single, x, one_two, eight_none, two) == vector{128, 0} &&
              received_from(fun::all_to_all_single, x, one_two, eight_none, two) == vector{16, 32});
constexpr std::array one_to_four{1, 2, 3, 4};
constexpr std::array all_to_first{8, 0, 0, 0};
constexpr std::array<std::size_t, 4> zeros{};
static_assert(is(fun::all_to_all_single(dynamic, one_to_four, all_to_first, g), cf::dynamic_tensor(cf::f32, {10, 4})) &&
              comm(fun::all_to_all_single, dynamic, one_to_four, all_to_first, any_g) == 288);
static_assert(payload(fun::all_to_all_single, x, one_to_four, all_to_first, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 160, .message_bytes = 160});
static_assert(is(fun::all_to_all_single(x, zeros, all_to_first, g), cf::tensor<cf::f32, dyn, 4>{0}) &&
              comm(fun::all_to_all_single, x, zeros, all_to_first, g) == 128);
static_assert(payload(fun::all_to_all_single, x, zeros, all_to_first, g) == call_bytes{128, 0, 128} &&
              received_from(fun::all_to_all_single, x, zeros, all_to_first, g) == vector{0, 0, 0, 0});
// complex64 [8, 5] expanded from 40 B: 40 + 240 B.
constexpr auto expanded_c64 = cf::expand(cf::tensor<cf::c64, 1, 5>{}, size_c<8>, size_c<5>);
static_assert(comm(fun::all_to_all_single, expanded_c64, std::vector{1, 0, 3, 2}, std::vector{0, 2, 4, 2}, g) == 280);
static_assert(payload(fun::all_to_all_single, expanded_c64, std::vector{1, 0, 3, 2}, std::vector{0, 2, 4, 2}, g) ==
              call_bytes{320, 240, 320});
// With even blocks the shape stays.
static_assert(is(fun::all_to_all_single(x, even_split, even_split, g), shard{}) &&
              is_constant<256>(comm(fun::all_to_all_single, x, even_split, even_split, g)));
static_assert(is(fun::all_to_all_single(mixed, even_split, even_split, g), cf::tensor<cf::f32, dyn, 4>{8}) &&
              is(fun::all_to_all_single(dynamic, even_split, even_split, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(payload(fun::all_to_all_single, window, even_split, even_split, g) == call_bytes{64, 64, 64});
static_assert(sent_to(fun::all_to_all_single, x, even_split, even_split, any_g) == vector{32, 32, 32, 32} &&
              received_from(fun::all_to_all_single, x, even_split, even_split, any_g) == vector{32, 32, 32, 32});

// wait_tensor: a tensor of its own, and neither group, size nor payload.
static_assert(is(fun::wait_tensor(window), cf::tensor<cf::bf16, 8, 4>{}) && is(fun::wait_tensor(dynamic), dynamic) &&
              payload(fun::wait_tensor, x) == call_bytes{});
template <class Op>
concept has_group = requires(Op op, std::tuple<shard> args) { cf::collective_op::get_process_group(op, args); };
template <class Op>
concept has_size = requires(Op op, std::tuple<shard> args) { cf::collective_op::get_comm_tensor_size(op, shard{}, args); };
static_assert(!has_group<fun::wait_tensor_t> && !has_size<fun::wait_tensor_t>);

// A group of one: what is gathered and scattered keeps its shape.
constexpr cf::process_group<"self", 1> self;
static_assert(is(fun::all_gather_into_tensor(x, self.size, self), shard{}) &&
              is(fun::reduce_scatter_tensor(x, sum, self.size, self), shard{}));

// What is no tensor, no group, or no rank cannot be asked about.
static_assert(!std::is_invocable_v<fun::all_reduce_t, int, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, std::tuple<shard>, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, shard, cf::reduce_op, int>);
static_assert(!std::is_invocable_v<fun::all_gather_into_tensor_t, shard, decltype(g), decltype(g)>);
static_assert(!std::is_invocable_v<fun::reduce_scatter_tensor_t, shard, int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::broadcast_t, shard, double, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_to_all_single_t, shard, cf::even_split_t, std::array<int, 4>, decltype(g)>);
static_assert(!std::is_invocable_v<fun::wait_tensor_t, std::tuple<shard>>);

static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor(cf::tensor<cf::f32, dyn>{9}, sum, g.size, g); }>);
static_assert(!is_a_constant<[] { return fun::broadcast(x, 4, g); }> && !is_a_constant<[] { return fun::broadcast(x, -1, any_g); }>);
static_assert(!is_a_constant<[] { return fun::all_to_all_single(x, eight_none, one_two, two); }>);
static_assert(!is_a_constant<[] { return fun::all_to_all_single(x, std::vector{8}, eight_none, two); }>);
static_assert(!is_a_constant<[] { return fun::all_to_all_single(x, std::vector<int>{}, std::vector<int>{}, two); }>);

}  // namespace
