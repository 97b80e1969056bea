// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/reduce_scatter.hpp>

#include <commfold/op/rows/all_gather.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using c10d::_reduce_scatter_base_;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::sent_to;
using call::with_work;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
using any = cf::tensor<cf::f32, cf::dyn>;  // 4 B an element
constexpr cf::tensor<cf::f32, dyn, 4> mixed{8};
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch's [8, 4] of a 64 x 64 storage: 64 B of bfloat16 are seen, 8192 B stored.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::bf16, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
// Seen are 32 B of 4096 B.
constexpr auto byte_window =
    cf::narrow(cf::narrow(cf::tensor<cf::u8, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
using view = std::remove_const_t<decltype(upper)>;
using ranks_of_shards = std::array<shard, 4>;  // 512 B
using whole = cf::tensor<cf::f32, 32>;         // 128 B
using part = cf::tensor<cf::f32, 2, 4>;        // 32 B; the shapes need not agree, the elements must
constexpr cf::tensor<cf::f32, dyn> any_whole{32};
constexpr cf::dynamic_tensor dynamic_part(cf::f32, {8});
// PyTorch's in-place forms: float32 [4, 4] is a slice of [8, 4]; 64 B are seen, 128 B stored.
using buffer = cf::tensor<cf::f32, 8, 4>;
constexpr auto slice = cf::narrow(buffer{}, size_c<0>, size_c<4>, size_c<4>);
using slice_t = std::remove_const_t<decltype(slice)>;
// PyTorch's public API, of float32 [8] and [3] over four ranks: 44 B a rank, 176 B in all.
using parts = std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 3>>;
using wholes = std::tuple<cf::tensor<cf::f32, 32>, cf::tensor<cf::f32, 12>>;
constexpr std::array<any, 2> any_parts{any{8}, any{3}};
constexpr std::array<any, 2> any_wholes{any{32}, any{12}};
// PyTorch's bool [8, 6], [3, 5] and [8]: 71 B.
using bools = std::tuple<cf::tensor<cf::boolean, 8, 6>, cf::tensor<cf::boolean, 3, 5>, cf::tensor<cf::boolean, 8>>;
// A tree of any structure; what is no tensor stays and weighs nothing.
struct weights {
  cf::tensor<cf::f32, 8> w;  // 32 B
  int step;
  cf::tensor<cf::f32, 4> b;  // 16 B
};
constexpr weights tree{{}, 7, {}};

// reduce_scatter_: the inputs are counted. PyTorch: float32 [1, 3] and [2, 3] to two ranks, 36 B.
using two_blocks = std::tuple<std::tuple<cf::tensor<cf::f32, 1, 3>, cf::tensor<cf::f32, 2, 3>>>;
static_assert(std::is_same_v<decltype(c10d::reduce_scatter_(std::tuple{upper}, two_blocks{}, two, sum)), with_work<std::tuple<view>>>);
static_assert(is_constant<36>(comm(c10d::reduce_scatter_, std::tuple{upper}, two_blocks{}, two, sum)));
static_assert(payload(c10d::reduce_scatter_, std::tuple{upper}, two_blocks{}, two, sum) ==
              call_bytes{.input_bytes = 36, .output_bytes = 64, .message_bytes = 36});
static_assert(sent_to(c10d::reduce_scatter_, std::tuple{upper}, two_blocks{}, two, sum) == vector{12, 24});
static_assert(is_constant<512>(comm(c10d::reduce_scatter_, std::array<shard, 1>{}, std::array<ranks_of_shards, 1>{}, any_g, sum)));

// _reduce_scatter_base_: into its output, which is what comes back. The whole is counted.
static_assert(std::is_same_v<decltype(_reduce_scatter_base_(part{}, whole{}, g, sum)), with_work<part>>);
static_assert(is_constant<128>(comm(_reduce_scatter_base_, part{}, whole{}, g, sum)) &&
              comm(_reduce_scatter_base_, part{}, any_whole, any_g, sum) == 128);
static_assert(payload(_reduce_scatter_base_, part{}, whole{}, g, sum) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(payload(_reduce_scatter_base_, dynamic_part, any_whole, any_g, sum) == call_bytes{128, 32, 128});
static_assert(std::is_same_v<decltype(_reduce_scatter_base_(slice, buffer{}, two, cf::avg)), with_work<slice_t>>);
static_assert(is_constant<128>(comm(_reduce_scatter_base_, slice, buffer{}, two, cf::avg)));
// The side that is counted, however large the storage of the other is. PyTorch: uint8 [8, 4] of 4096 B scattered from 128 B, 128 B.
static_assert(is_constant<128>(comm(_reduce_scatter_base_, byte_window, cf::tensor<cf::u8, 32, 4>{}, g, sum)));

// Several _reduce_scatter_base_ in one call: a work alone is returned, and its result is what was written into.
static_assert(std::is_same_v<decltype(c10d::reduce_scatter_tensor_coalesced_(parts{}, wholes{}, g, sum)), cf::fake_work<parts>>);
static_assert(is_constant<176>(comm(c10d::reduce_scatter_tensor_coalesced_, parts{}, wholes{}, any_g, sum, true, -1)) &&
              comm(c10d::reduce_scatter_tensor_coalesced_, parts{}, any_wholes, g, sum) == 176);
static_assert(payload(c10d::reduce_scatter_tensor_coalesced_, any_parts, wholes{}, g, sum) ==
              call_bytes{.input_bytes = 176, .output_bytes = 44, .message_bytes = 176});

// reduce_scatter: the whole vector in, which is counted, a shard out.
static_assert(is(fun::reduce_scatter_tensor(x, sum, g.size, g), cf::tensor<cf::f32, 2, 4>{}) &&
              is_constant<128>(comm(fun::reduce_scatter_tensor, x, sum, g.size, g)));
static_assert(is(fun::reduce_scatter_tensor(x, sum, any_g.size, any_g), cf::tensor<cf::f32, dyn, 4>{2}) &&
              is_constant<128>(comm(fun::reduce_scatter_tensor, x, sum, 4, any_g)));
// The group's size is given twice, and is one number.
static_assert(is_a_constant<[] { return fun::reduce_scatter_tensor(x, sum, 2, two); }> &&
              !is_a_constant<[] { return fun::reduce_scatter_tensor(x, sum, 4, two); }> &&
              !is_a_constant<[] { return fun::reduce_scatter_tensor(x, sum, size_c<2>, any_g); }> &&
              !is_a_constant<[] { return fun::reduce_scatter_tensor_out(x, sum, 2, any_g, cf::tensor<cf::f32, 16>{}); }> &&
              !is_a_constant<[] { return fun::reduce_scatter_tensor_coalesced(std::tuple{x}, sum, 2, any_g); }>);
// All tensors of one call have one dtype, and that has the reduction.
constexpr std::array two_dtypes{cf::dynamic_tensor(cf::f32, {4}), cf::dynamic_tensor(cf::bf16, {4})};
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_coalesced(two_dtypes, sum, 4, g); }>);
using complex_vector = cf::tensor<cf::c64, 4>;
static_assert(
    is_a_constant<[] { return fun::reduce_scatter_tensor(complex_vector{}, sum, 4, g); }> &&
    !is_a_constant<[] { return fun::reduce_scatter_tensor(complex_vector{}, cf::reduce_op::max, 4, g); }> &&
    !is_a_constant<[] { return fun::reduce_scatter_tensor_out(complex_vector{}, cf::reduce_op::max, 4, g, cf::tensor<cf::c64, 1>{}); }> &&
    !is_a_constant<[] { return fun::reduce_scatter_tensor_coalesced(complex_vector{}, cf::reduce_op::max, 4, g); }> &&
    !is_a_constant<[] { return _reduce_scatter_base_(cf::tensor<cf::c64, 1>{}, complex_vector{}, g, cf::reduce_op::max); }>);
static_assert(is(fun::reduce_scatter_tensor(mixed, sum, g.size, g), cf::tensor<cf::f32, dyn, 4>{2}) &&
              is(fun::reduce_scatter_tensor(dynamic, sum, 4, g), cf::dynamic_tensor(cf::f32, {2, 4})));
static_assert(is(fun::reduce_scatter_tensor(window, sum, g.size, g), cf::tensor<cf::bf16, 2, 4>{}) &&
              is_constant<8192>(comm(fun::reduce_scatter_tensor, window, sum, g.size, g)));
static_assert(payload(fun::reduce_scatter_tensor, x, sum, g.size, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(payload(fun::reduce_scatter_tensor, window, sum, 4, any_g) == call_bytes{64, 16, 64});
// A group of one: what is scattered keeps its shape.
constexpr cf::process_group<"self", 1> self;
static_assert(is(fun::reduce_scatter_tensor(x, sum, self.size, self), shard{}));

// Into `out`, which PyTorch's meta kernels do not return: the result is a tensor of its own. What is counted is the input.
static_assert(is(fun::reduce_scatter_tensor_out(shard{}, sum, g.size, g, cf::tensor<cf::f32, 8>{}), cf::tensor<cf::f32, 2, 4>{}));
static_assert(is_constant<128>(comm(fun::reduce_scatter_tensor_out, shard{}, sum, g.size, g, cf::tensor<cf::f32, 8>{})));
static_assert(payload(fun::reduce_scatter_tensor_out, shard{}, sum, g.size, g, cf::tensor<cf::f32, 8>{}) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(is(fun::reduce_scatter_tensor_out(dynamic, sum, 4, g, cf::tensor<cf::f32, dyn, 4>{2}), cf::dynamic_tensor(cf::f32, {2, 4})));

// One call for all tensors of a tree.
// float32 [8] and [4] scattered over four ranks: PyTorch counts the results, 12 B, where the single form counts the inputs, 48 B.
using vectors = std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 4>>;
static_assert(std::is_same_v<decltype(fun::reduce_scatter_tensor_coalesced(vectors{}, sum, g.size, g)),
                             std::tuple<cf::tensor<cf::f32, 2>, cf::tensor<cf::f32, 1>>>);
static_assert(is_constant<12>(comm(fun::reduce_scatter_tensor_coalesced, vectors{}, sum, g.size, g)));
static_assert(payload(fun::reduce_scatter_tensor_coalesced, vectors{}, sum, g.size, g) ==
              call_bytes{.input_bytes = 48, .output_bytes = 12, .message_bytes = 48});
constexpr auto part_tree = fun::reduce_scatter_tensor_coalesced(tree, sum, g.size, g);
static_assert(is(get<&weights::w>(part_tree), cf::tensor<cf::f32, 2>{}) && is(get<&weights::b>(part_tree), cf::tensor<cf::f32, 1>{}));
// What was gathered is scattered as it was.
constexpr auto whole_tree = fun::all_gather_into_tensor_coalesced(tree, g.size, g);
static_assert(std::is_same_v<decltype(fun::reduce_scatter_tensor_coalesced(whole_tree, sum, g.size, g)), weights>);
static_assert(comm(fun::reduce_scatter_tensor_coalesced, std::array{any{8}, any{4}}, sum, 4, g) == 12);

// What is no list, no tensor or no reduction cannot be asked about.
static_assert(!std::is_invocable_v<c10d::reduce_scatter_base_t, part, whole, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::reduce_scatter_tensor_coalesced_t, parts, wholes, decltype(g)>);
static_assert(!std::is_invocable_v<fun::reduce_scatter_tensor_t, shard, int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::reduce_scatter_tensor_out_t, shard, cf::reduce_op, int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::reduce_scatter_tensor_coalesced_t, bools, cf::reduce_op, decltype(g)>);

// Only values tell.
static_assert(!is_a_constant<[] { return _reduce_scatter_base_(any_whole, dynamic_part, any_g, sum); }>);
static_assert(!is_a_constant<[] { return _reduce_scatter_base_(cf::dynamic_tensor(cf::i32, {8}), any_whole, any_g, sum); }>);
static_assert(!is_a_constant<[] { return c10d::reduce_scatter_tensor_coalesced_(any_wholes, any_parts, g, sum); }>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor(cf::tensor<cf::f32, dyn>{9}, sum, g.size, g); }>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_out(dynamic, sum, 4, g, cf::dynamic_tensor(cf::f32, {9})); }>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_out(dynamic, sum, 4, g, cf::dynamic_tensor(cf::i32, {8})); }>);
static_assert(!is_a_constant<[] {
  return fun::reduce_scatter_tensor_out(dynamic, sum, 3, cf::process_group<"g">{3}, cf::dynamic_tensor(cf::f32, {8}));
}>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_coalesced(std::array{any{8}, any{6}}, sum, g.size, g); }>);

}  // namespace
