// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_to_all.hpp>

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
using c10d::alltoall_base_;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::received_from;
using call::sent_to;
using call::with_work;
using cf::call_bytes;
using cf::dyn;
using cf::even_split;
using cf::size_c;
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
using whole = cf::tensor<cf::f32, 32>;  // 128 B
// PyTorch's in-place forms: float32 [4, 4] is a slice of [8, 4]; 64 B are seen, 128 B stored.
using buffer = cf::tensor<cf::f32, 8, 4>;
constexpr auto slice = cf::narrow(buffer{}, size_c<0>, size_c<4>, size_c<4>);
template <std::size_t N>
using f32 = cf::tensor<cf::f32, N>;

// alltoall_: the larger side. PyTorch: [2] a rank against [9] a rank, over four ranks 144 B either way.
using small = std::array<f32<2>, 4>;
using large = std::array<f32<9>, 4>;
static_assert(std::is_same_v<decltype(c10d::alltoall_(small{}, large{}, g)), with_work<small>>);
static_assert(is_constant<144>(comm(c10d::alltoall_, small{}, large{}, g)) &&
              is_constant<144>(comm(c10d::alltoall_, large{}, small{}, any_g)));
static_assert(payload(c10d::alltoall_, small{}, large{}, g) == call_bytes{.input_bytes = 144, .output_bytes = 32, .message_bytes = 144});
static_assert(payload(c10d::alltoall_, large{}, small{}, g) == call_bytes{.input_bytes = 32, .output_bytes = 144, .message_bytes = 144});
using to_ranks = std::tuple<f32<1>, f32<2>, f32<3>, f32<4>>;
static_assert(sent_to(c10d::alltoall_, small{}, to_ranks{}, g) == vector{4, 8, 12, 16} &&
              received_from(c10d::alltoall_, small{}, to_ranks{}, g) == vector{8, 8, 8, 8});

// alltoall_base_ counts the larger side. PyTorch: float32 [3, 4] of 160 B of storage from [8, 4] of 512 B, over two ranks, 512 B; we say
// what is sent and received: 128 B and 48 B.
constexpr auto received_rows = cf::narrow(cf::tensor<cf::f32, 10, 4>{}, size_c<0>, size_c<0>, size_c<3>);
constexpr auto sent_rows = cf::narrow(cf::tensor<cf::f32, 32, 4>{}, size_c<0>, size_c<8>, size_c<8>);
constexpr std::array out_sizes{2, 1};
constexpr std::array in_sizes{2, 6};
static_assert(std::is_same_v<decltype(alltoall_base_(received_rows, sent_rows, two, out_sizes, in_sizes)),
                             cf::fake_work<std::remove_const_t<decltype(received_rows)>>>);
static_assert(is_constant<512>(comm(alltoall_base_, received_rows, sent_rows, two, out_sizes, in_sizes, false, 30000)));
static_assert(is_constant<512>(comm(alltoall_base_, sent_rows, received_rows, two, in_sizes, out_sizes)));
static_assert(payload(alltoall_base_, received_rows, sent_rows, two, out_sizes, in_sizes) ==
              call_bytes{.input_bytes = 128, .output_bytes = 48, .message_bytes = 128});
static_assert(payload(alltoall_base_, sent_rows, received_rows, two, in_sizes, out_sizes) ==
              call_bytes{.input_bytes = 48, .output_bytes = 128, .message_bytes = 128});
static_assert(sent_to(alltoall_base_, received_rows, sent_rows, two, out_sizes, in_sizes) == vector{32, 96});
static_assert(received_from(alltoall_base_, received_rows, sent_rows, two, out_sizes, in_sizes) == vector{32, 16});
// [6] from a storage of 32 elements of which 16 are seen: PyTorch counts 128 B.
constexpr cf::dynamic_tensor strided(cf::f32, {16}, {2}, 128);
static_assert(comm(alltoall_base_, cf::dynamic_tensor(cf::f32, {6}), strided, g, std::vector{2, 1, 0, 3}, std::vector{0, 2, 4, 10}) == 128);
static_assert(payload(alltoall_base_, cf::dynamic_tensor(cf::f32, {6}), strided, g, std::vector{2, 1, 0, 3}, std::vector{0, 2, 4, 10}) ==
              call_bytes{64, 24, 64});
static_assert(sent_to(alltoall_base_, cf::dynamic_tensor(cf::f32, {6}), strided, any_g, std::vector{2, 1, 0, 3},
                      std::vector{0, 2, 4, 10}) == vector{0, 8, 16, 40});
static_assert(received_from(alltoall_base_, cf::dynamic_tensor(cf::f32, {6}), strided, any_g, std::vector{2, 1, 0, 3},
                            std::vector{0, 2, 4, 10}) == vector{8, 4, 0, 12});
// No sizes are an even split, on one side or on both; PyTorch: two windows on one storage of 128 B.
constexpr std::array<int, 0> none{};
static_assert(is_constant<128>(comm(alltoall_base_, slice, slice, g, none, none)) &&
              payload(alltoall_base_, slice, slice, g, none, none) == call_bytes{64, 64, 64});
static_assert(sent_to(alltoall_base_, slice, slice, g, none, std::vector<int>{}) == vector{16, 16, 16, 16});
static_assert(received_from(alltoall_base_, slice, slice, two, even_split, std::array{1, 3}) == vector{32, 32} &&
              sent_to(alltoall_base_, slice, slice, two, even_split, std::array{1, 3}) == vector{16, 48});

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

// What is no list, no tensor, no sizes or no group cannot be asked about.
static_assert(!std::is_invocable_v<c10d::alltoall_t, shard, shard, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::alltoall_base_t, whole, whole, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::alltoall_base_t, whole, whole, decltype(g), int, int>);
static_assert(!std::is_invocable_v<fun::all_to_all_single_t, shard, cf::even_split_t, std::array<int, 4>, decltype(g)>);

// Only values tell.
static_assert(!is_a_constant<[] { return alltoall_base_(received_rows, sent_rows, two, in_sizes, out_sizes); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received_rows, sent_rows, any_g, out_sizes, in_sizes); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received_rows, sent_rows, cf::process_group<"pair">{2}, even_split, in_sizes); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received_rows, cf::dynamic_tensor(cf::i32, {8}), two, out_sizes, in_sizes); }>);
static_assert(!is_a_constant<[] { return fun::all_to_all_single(x, eight_none, one_two, two); }>);
static_assert(!is_a_constant<[] { return fun::all_to_all_single(x, std::vector{8}, eight_none, two); }>);
static_assert(!is_a_constant<[] { return fun::all_to_all_single(x, std::vector<int>{}, std::vector<int>{}, two); }>);

}  // namespace
