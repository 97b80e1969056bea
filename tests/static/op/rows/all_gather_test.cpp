// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_gather.hpp>

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
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using c10d::_allgather_base_;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::received_from;
using call::with_work;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using vector = std::vector<std::size_t>;

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
// Seen are 32 B of 4096 B.
constexpr auto byte_window =
    cf::narrow(cf::narrow(cf::tensor<cf::u8, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
constexpr auto expanded = cf::expand(cf::tensor<cf::u8, 1, 5>{}, size_c<8>, size_c<5>);
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
constexpr auto lower = cf::narrow(shard{}, size_c<0>, size_c<4>, size_c<4>);
using view = std::remove_const_t<decltype(upper)>;
using ranks_of_shards = std::array<shard, 4>;  // 512 B
using whole = cf::tensor<cf::f32, 32>;         // 128 B
using part = cf::tensor<cf::f32, 2, 4>;        // 32 B; the shapes need not agree, the elements must
constexpr cf::tensor<cf::f32, dyn> any_whole{32};
constexpr cf::dynamic_tensor dynamic_part(cf::f32, {8});
// PyTorch's in-place forms: float32 [4, 4] is a slice of [8, 4]; 64 B are seen, 128 B stored.
using buffer = cf::tensor<cf::f32, 8, 4>;
constexpr auto slice = cf::narrow(buffer{}, size_c<0>, size_c<4>, size_c<4>);
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
  cf::tensor<cf::f32, 2> b;  // 8 B
};
constexpr weights tree{{}, 7, {}};
template <std::size_t Rows>
using c64 = cf::tensor<cf::c64, Rows, 3>;
using uneven_outputs = std::tuple<std::tuple<c64<1>, c64<2>, c64<3>, c64<4>>>;  // 240 B
using gathered_shards = std::array<ranks_of_shards, 1>;

// allgather_: a list of one tensor a rank for each input; outputs are counted. PyTorch: [4] and [2, 2] of float32 over two ranks, 64 B.
using two_outputs = std::tuple<std::array<cf::tensor<cf::f32, 4>, 2>, std::array<cf::tensor<cf::f32, 2, 2>, 2>>;
using two_inputs = std::tuple<cf::tensor<cf::f32, 4>, cf::tensor<cf::f32, 2, 2>>;
static_assert(std::is_same_v<decltype(c10d::allgather_(two_outputs{}, two_inputs{}, two)), with_work<two_outputs>>);
static_assert(is_constant<64>(comm(c10d::allgather_, two_outputs{}, two_inputs{}, two)));
static_assert(payload(c10d::allgather_, two_outputs{}, two_inputs{}, two) ==
              call_bytes{.input_bytes = 32, .output_bytes = 64, .message_bytes = 64});
static_assert(received_from(c10d::allgather_, two_outputs{}, two_inputs{}, two) == vector{32, 32});
// complex64 [1..4, 3] into 240 B, from an expanded [8, 5] of 40 B.
constexpr auto expanded_c64 = cf::expand(cf::tensor<cf::c64, 1, 5>{}, size_c<8>, size_c<5>);
static_assert(is_constant<240>(comm(c10d::allgather_, uneven_outputs{}, std::tuple{expanded_c64}, any_g, false, 30000)));
static_assert(payload(c10d::allgather_, uneven_outputs{}, std::tuple{expanded_c64}, g) ==
              call_bytes{.input_bytes = 320, .output_bytes = 240, .message_bytes = 240});
static_assert(received_from(c10d::allgather_, uneven_outputs{}, std::tuple{expanded_c64}, any_g) == vector{24, 48, 72, 96});
// Windows on one buffer count all of it each time.
constexpr std::array<std::array<view, 2>, 1> halves{};
static_assert(is_constant<256>(comm(c10d::allgather_, halves, std::tuple{lower}, two)) &&
              payload(c10d::allgather_, halves, std::tuple{lower}, two) == call_bytes{64, 128, 128});
static_assert(call::tensors(c10d::allgather_(halves, std::tuple{lower}, two))[0][1].storage_bytes() == 128);

// _allgather_base_: into its output, which is what comes back, and is counted.
static_assert(std::is_same_v<decltype(_allgather_base_(whole{}, part{}, g)), with_work<whole>>);
static_assert(call::is(call::tensors(_allgather_base_(any_whole, dynamic_part, any_g, true, -1)), cf::tensor<cf::f32, dyn>{32}));
static_assert(is_constant<128>(comm(_allgather_base_, whole{}, part{}, g)) &&
              is_constant<128>(comm(_allgather_base_, whole{}, dynamic_part, any_g)));
static_assert(comm(_allgather_base_, any_whole, part{}, g) == 128);
static_assert(payload(_allgather_base_, whole{}, part{}, g) == call_bytes{.input_bytes = 32, .output_bytes = 128, .message_bytes = 128});
static_assert(payload(_allgather_base_, any_whole, dynamic_part, any_g) == call_bytes{32, 128, 128});
static_assert(is_constant<128>(comm(_allgather_base_, buffer{}, slice, two)) &&
              payload(_allgather_base_, buffer{}, slice, two) == call_bytes{64, 128, 128});
// The side that is counted, however large the storage of the other is.
static_assert(is_constant<128>(comm(_allgather_base_, cf::tensor<cf::u8, 32, 4>{}, byte_window, g)));
// Nothing of nothing, and a tensor without dimensions has an element.
static_assert(payload(_allgather_base_, cf::tensor<cf::f32, 0>{}, cf::tensor<cf::f32, 0, 3>{}, g) == call_bytes{0, 0, 0});
static_assert(payload(_allgather_base_, cf::tensor<cf::f32, 4>{}, cf::tensor<cf::f32>{}, g) == call_bytes{4, 16, 16});

// allgather_coalesced_: output_lists[i] holds the inputs of rank i. A work alone is returned; its result is what was written into.
using lists = std::array<parts, 4>;
static_assert(std::is_same_v<decltype(c10d::allgather_coalesced_(lists{}, parts{}, g)), cf::fake_work<lists>>);
static_assert(is_constant<176>(comm(c10d::allgather_coalesced_, lists{}, parts{}, any_g, false)));
static_assert(payload(c10d::allgather_coalesced_, lists{}, parts{}, g) ==
              call_bytes{.input_bytes = 44, .output_bytes = 176, .message_bytes = 176});
static_assert(received_from(c10d::allgather_coalesced_, lists{}, parts{}, g) == vector{44, 44, 44, 44});
constexpr std::array any_lists{std::array{any{1}, any{2}}, std::array{any{3}, any{4}}, std::array{any{5}, any{6}},
                               std::array{any{7}, any{8}}};
static_assert(comm(c10d::allgather_coalesced_, any_lists, any_parts, any_g) == 144);
static_assert(received_from(c10d::allgather_coalesced_, any_lists, any_parts, any_g) == vector{12, 28, 44, 60});

// Several _allgather_base_ in one call.
static_assert(std::is_same_v<decltype(c10d::allgather_into_tensor_coalesced_(wholes{}, parts{}, g)), cf::fake_work<wholes>>);
static_assert(is_constant<176>(comm(c10d::allgather_into_tensor_coalesced_, wholes{}, parts{}, g, false)) &&
              comm(c10d::allgather_into_tensor_coalesced_, any_wholes, parts{}, any_g) == 176);
static_assert(payload(c10d::allgather_into_tensor_coalesced_, wholes{}, any_parts, g) ==
              call_bytes{.input_bytes = 44, .output_bytes = 176, .message_bytes = 176});
static_assert(c10d::allgather_into_tensor_coalesced_(any_wholes, parts{}, any_g).result() == any_wholes);

// all_gather: a shard in, p shards out, which are counted. The group's size is given twice, and is one number.
static_assert(is(fun::all_gather_into_tensor(x, g.size, g), cf::tensor<cf::f32, 32, 4>{}) &&
              is_constant<512>(comm(fun::all_gather_into_tensor, x, g.size, g)));
static_assert(is(fun::all_gather_into_tensor(x, size_c<2>, two), cf::tensor<cf::f32, 16, 4>{}) &&
              is_constant<256>(comm(fun::all_gather_into_tensor, x, size_c<2>, two)));
static_assert(is_a_constant<[] { return fun::all_gather_into_tensor(x, 4, g); }> &&
              !is_a_constant<[] { return fun::all_gather_into_tensor(x, 3, g); }> &&
              !is_a_constant<[] { return fun::all_gather_into_tensor(x, size_c<3>, any_g); }> &&
              !is_a_constant<[] { return fun::all_gather_into_tensor(x, any_g.size, two); }>);
static_assert(!is_a_constant<[] { return fun::all_gather_into_tensor_out(x, 2, any_g, cf::dynamic_tensor(cf::f32, {64})); }> &&
              !is_a_constant<[] { return fun::all_gather_into_tensor_coalesced(std::tuple{x}, 2, any_g); }>);
// PyTorch's answers to a call that its fake takes as it is stay: 384 B of a result that a group of 2 cannot give.
static_assert(cf::collective_op::get_comm_tensor_size(fun::all_gather_into_tensor, cf::tensor<cf::f32, 24, 4>{}, std::tuple{x, 3, two}) ==
                  384 &&
              cf::collective_op::get_process_group(fun::all_gather_into_tensor, std::tuple{x, 3, two}) == two);
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
// A group of one: what is gathered keeps its shape.
constexpr cf::process_group<"self", 1> self;
static_assert(is(fun::all_gather_into_tensor(x, self.size, self), shard{}));

// Into `out`, which PyTorch's meta kernels do not return: the result is a tensor of its own. What is counted is `out`, as PyTorch does
// when it is asked by hand: here [16, 4] of a buffer of [32, 4].
constexpr auto out = cf::narrow(cf::tensor<cf::f32, 32, 4>{}, size_c<0>, size_c<0>, size_c<16>);
static_assert(is(fun::all_gather_into_tensor_out(upper, g.size, g, out), cf::tensor<cf::f32, 16, 4>{}));
static_assert(is_constant<512>(comm(fun::all_gather_into_tensor_out, upper, g.size, g, out)) &&
              is_constant<256>(comm(fun::all_gather_into_tensor_out, upper, 4, any_g, cf::tensor<cf::f32, 64>{})));
static_assert(payload(fun::all_gather_into_tensor_out, upper, g.size, g, out) ==
              call_bytes{.input_bytes = 64, .output_bytes = 256, .message_bytes = 256});
static_assert(is(fun::all_gather_into_tensor_out(dynamic, 2, two, cf::dynamic_tensor(cf::f32, {64})),
                 cf::dynamic_tensor(cf::f32, {16, 4})));
static_assert(is(fun::all_gather_into_tensor_out(cf::tensor<cf::f8e4m3fn>{}, two.size, two, cf::tensor<cf::f8e4m3fn, 2>{}),
                 cf::tensor<cf::f8e4m3fn, 2>{}));

// One call for all tensors of a tree.
// [8, 5] expanded from 5 B, gathered over two ranks: 80 + 30 + 16 B.
constexpr std::tuple first_expanded{cf::expand(cf::tensor<cf::boolean, 1, 5>{}, size_c<8>, size_c<5>), cf::tensor<cf::boolean, 3, 5>{},
                                    cf::tensor<cf::boolean, 8>{}};
using gathered_bools = std::tuple<cf::tensor<cf::boolean, 16, 5>, cf::tensor<cf::boolean, 6, 5>, cf::tensor<cf::boolean, 16>>;
static_assert(std::is_same_v<decltype(fun::all_gather_into_tensor_coalesced(first_expanded, two.size, two)), gathered_bools>);
static_assert(is_constant<126>(comm(fun::all_gather_into_tensor_coalesced, first_expanded, two.size, two)));
static_assert(payload(fun::all_gather_into_tensor_coalesced, first_expanded, two.size, two) ==
              call_bytes{.input_bytes = 63, .output_bytes = 126, .message_bytes = 126});
constexpr auto whole_tree = fun::all_gather_into_tensor_coalesced(tree, g.size, g);
static_assert(is(get<0>(whole_tree), cf::tensor<cf::f32, 32>{}) && get<1>(whole_tree) == 7 &&
              is(get<2>(whole_tree), cf::tensor<cf::f32, 8>{}));
static_assert(payload(fun::all_gather_into_tensor_coalesced, tree, g.size, g) == call_bytes{40, 160, 160});
static_assert(comm(fun::all_gather_into_tensor_coalesced, std::vector{any{2}, any{3}}, 4, any_g) == 80);
static_assert(fun::all_gather_into_tensor_coalesced(std::vector{any{2}, any{3}}, g.size, g)[1] == any{12});
static_assert(is(std::get<0>(fun::all_gather_into_tensor_coalesced(std::tuple{cf::tensor<cf::f32>{}}, g.size, g)),
                 cf::tensor<cf::f32, 4>{}));

// What is no list, no tensor or no group cannot be asked about.
static_assert(!std::is_invocable_v<c10d::allgather_t, gathered_shards, shard, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::allgather_base_t, std::tuple<whole>, part, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::allgather_coalesced_t, lists, cf::tensor<cf::f32, 8>, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::allgather_into_tensor_coalesced_t, lists, parts, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_gather_into_tensor_t, shard, decltype(g), decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_gather_into_tensor_out_t, shard, int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_gather_into_tensor_coalesced_t, bools, decltype(g), decltype(g)>);

// Only values tell: 31 elements are not 4 times 8, another dtype, another number of lists.
static_assert(is_a_constant<[] { return _allgather_base_(any_whole, dynamic_part, any_g); }>);
static_assert(!is_a_constant<[] { return _allgather_base_(cf::tensor<cf::f32, dyn>{31}, dynamic_part, any_g); }>);
static_assert(!is_a_constant<[] { return _allgather_base_(cf::tensor<cf::i32, dyn>{32}, dynamic_part, any_g); }>);
static_assert(is_a_constant<[] { return c10d::allgather_coalesced_(any_lists, any_parts, any_g); }>);
static_assert(!is_a_constant<[] { return c10d::allgather_coalesced_(any_lists, any_parts, cf::process_group<"g">{3}); }>);
static_assert(!is_a_constant<[] { return c10d::allgather_coalesced_(any_lists, std::vector<any>(3), g); }>);
static_assert(!is_a_constant<[] {
  return c10d::allgather_coalesced_(any_lists, std::array{cf::dynamic_tensor(cf::f32, {1}), cf::dynamic_tensor(cf::f16, {1})}, g);
}>);
static_assert(!is_a_constant<[] {
  return c10d::allgather_into_tensor_coalesced_(std::array{cf::dynamic_tensor(cf::f32, {4}), cf::dynamic_tensor(cf::f16, {4})},
                                                std::array{cf::dynamic_tensor(cf::f32, {1}), cf::dynamic_tensor(cf::f16, {1})}, g);
}>);
static_assert(!is_a_constant<[] {
  return fun::all_gather_into_tensor_coalesced(std::array{cf::dynamic_tensor(cf::f32, {1}), cf::dynamic_tensor(cf::f16, {1})}, 4, g);
}>);
static_assert(!is_a_constant<[] { return c10d::allgather_into_tensor_coalesced_(any_parts, any_parts, g); }>);
static_assert(!is_a_constant<[] { return c10d::allgather_into_tensor_coalesced_(any_wholes, std::vector<any>(1, any{8}), g); }>);
static_assert(!is_a_constant<[] { return fun::all_gather_into_tensor_out(dynamic, 2, two, cf::dynamic_tensor(cf::f32, {63})); }>);
static_assert(!is_a_constant<[] { return fun::all_gather_into_tensor_out(dynamic, 2, two, cf::dynamic_tensor(cf::i32, {64})); }>);

}  // namespace
