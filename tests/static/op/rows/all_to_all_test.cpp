// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
using c10d::_allgather_base_;
using c10d::_reduce_scatter_base_;
using c10d::alltoall_base_;
using c10d::gather_into_tensor_;
using call::comm;
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
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using whole = cf::tensor<cf::f32, 32>;   // 128 B
using part = cf::tensor<cf::f32, 2, 4>;  // 32 B; the shapes need not agree, the elements must
constexpr cf::tensor<cf::f32, dyn> any_whole{32};
constexpr cf::dynamic_tensor dynamic_part(cf::f32, {8});
// PyTorch's in-place forms: float32 [4, 4] is a slice of [8, 4]; 64 B are seen, 128 B stored.
using buffer = cf::tensor<cf::f32, 8, 4>;
constexpr auto slice = cf::narrow(buffer{}, size_c<0>, size_c<4>, size_c<4>);
using slice_t = std::remove_const_t<decltype(slice)>;

// Both write into what they are given first: it is what comes back. The whole is counted.
static_assert(std::is_same_v<decltype(_allgather_base_(whole{}, part{}, g)), with_work<whole>>);
static_assert(call::is(call::tensors(_allgather_base_(any_whole, dynamic_part, any_g, true, -1)), cf::tensor<cf::f32, dyn>{32}));
static_assert(is_constant<128>(comm(_allgather_base_, whole{}, part{}, g)) &&
              is_constant<128>(comm(_allgather_base_, whole{}, dynamic_part, any_g)));
static_assert(comm(_allgather_base_, any_whole, part{}, g) == 128);
static_assert(payload(_allgather_base_, whole{}, part{}, g) == call_bytes{.input_bytes = 32, .output_bytes = 128, .message_bytes = 128});
static_assert(payload(_allgather_base_, any_whole, dynamic_part, any_g) == call_bytes{32, 128, 128});
static_assert(is_constant<128>(comm(_allgather_base_, buffer{}, slice, two)) &&
              payload(_allgather_base_, buffer{}, slice, two) == call_bytes{64, 128, 128});

static_assert(std::is_same_v<decltype(_reduce_scatter_base_(part{}, whole{}, g, sum)), with_work<part>>);
static_assert(is_constant<128>(comm(_reduce_scatter_base_, part{}, whole{}, g, sum)) &&
              comm(_reduce_scatter_base_, part{}, any_whole, any_g, sum) == 128);
static_assert(payload(_reduce_scatter_base_, part{}, whole{}, g, sum) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(payload(_reduce_scatter_base_, dynamic_part, any_whole, any_g, sum) == call_bytes{128, 32, 128});
static_assert(std::is_same_v<decltype(_reduce_scatter_base_(slice, buffer{}, two, cf::avg)), with_work<slice_t>>);
static_assert(is_constant<128>(comm(_reduce_scatter_base_, slice, buffer{}, two, cf::avg)));
// The side that is counted, however large the storage of the other is. PyTorch: uint8 [8, 4] of 4096 B scattered from 128 B, 128 B.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::u8, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
static_assert(is_constant<128>(comm(_reduce_scatter_base_, window, cf::tensor<cf::u8, 32, 4>{}, g, sum)));
static_assert(is_constant<128>(comm(_allgather_base_, cf::tensor<cf::u8, 32, 4>{}, window, g)));
static_assert(is_constant<128>(comm(gather_into_tensor_, window, cf::tensor<cf::u8, 32, 4>{}, g, 0)));
// Nothing of nothing, and a tensor without dimensions has an element.
static_assert(payload(_allgather_base_, cf::tensor<cf::f32, 0>{}, cf::tensor<cf::f32, 0, 3>{}, g) == call_bytes{0, 0, 0});
static_assert(payload(_allgather_base_, cf::tensor<cf::f32, 4>{}, cf::tensor<cf::f32>{}, g) == call_bytes{4, 16, 16});

// alltoall_base_ counts the larger side. PyTorch: float32 [3, 4] of 160 B of storage from [8, 4] of 512 B, over two ranks, 512 B; we say
// what is sent and received: 128 B and 48 B.
constexpr auto received = cf::narrow(cf::tensor<cf::f32, 10, 4>{}, size_c<0>, size_c<0>, size_c<3>);
constexpr auto sent = cf::narrow(cf::tensor<cf::f32, 32, 4>{}, size_c<0>, size_c<8>, size_c<8>);
constexpr std::array out_sizes{2, 1};
constexpr std::array in_sizes{2, 6};
static_assert(std::is_same_v<decltype(alltoall_base_(received, sent, two, out_sizes, in_sizes)),
                             cf::fake_work<std::remove_const_t<decltype(received)>>>);
static_assert(is_constant<512>(comm(alltoall_base_, received, sent, two, out_sizes, in_sizes, false, 30000)));
static_assert(is_constant<512>(comm(alltoall_base_, sent, received, two, in_sizes, out_sizes)));
static_assert(payload(alltoall_base_, received, sent, two, out_sizes, in_sizes) ==
              call_bytes{.input_bytes = 128, .output_bytes = 48, .message_bytes = 128});
static_assert(payload(alltoall_base_, sent, received, two, in_sizes, out_sizes) ==
              call_bytes{.input_bytes = 48, .output_bytes = 128, .message_bytes = 128});
static_assert(sent_to(alltoall_base_, received, sent, two, out_sizes, in_sizes) == vector{32, 96});
static_assert(received_from(alltoall_base_, received, sent, two, out_sizes, in_sizes) == vector{32, 16});
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

// gather_into_tensor_: on the root the whole, elsewhere perhaps nothing. PyTorch: float32 [8] into [32] over four ranks.
static_assert(std::is_same_v<decltype(gather_into_tensor_(part{}, whole{}, g, 0, false)), cf::fake_work<whole>>);
static_assert(gather_into_tensor_(dynamic_part, any_whole, any_g, 3).result() == any_whole);
static_assert(is_constant<128>(comm(gather_into_tensor_, part{}, whole{}, g, 0)) &&
              payload(gather_into_tensor_, part{}, whole{}, g, 0) ==
                  call_bytes{.input_bytes = 32, .output_bytes = 128, .message_bytes = 128});
using empty = cf::tensor<cf::f32, 0>;
static_assert(payload(gather_into_tensor_, part{}, empty{}, any_g, 0) ==
              call_bytes{.input_bytes = 32, .output_bytes = 0, .message_bytes = 128});
static_assert(payload(gather_into_tensor_, dynamic_part, cf::dynamic_tensor(cf::f32, {0}), g, 1) == call_bytes{32, 0, 128});

static_assert(!std::is_invocable_v<c10d::allgather_base_t, std::tuple<whole>, part, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::reduce_scatter_base_t, part, whole, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::alltoall_base_t, whole, whole, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::alltoall_base_t, whole, whole, decltype(g), int, int>);
static_assert(!std::is_invocable_v<c10d::gather_into_tensor_t, part, whole, decltype(g)>);

// Only values tell: 31 elements are not 4 times 8, another dtype, sizes of another number or sum, a root that is none.
static_assert(is_a_constant<[] { return _allgather_base_(any_whole, dynamic_part, any_g); }>);
static_assert(!is_a_constant<[] { return _allgather_base_(cf::tensor<cf::f32, dyn>{31}, dynamic_part, any_g); }>);
static_assert(!is_a_constant<[] { return _allgather_base_(cf::tensor<cf::i32, dyn>{32}, dynamic_part, any_g); }>);
static_assert(!is_a_constant<[] { return _reduce_scatter_base_(any_whole, dynamic_part, any_g, sum); }>);
static_assert(!is_a_constant<[] { return _reduce_scatter_base_(cf::dynamic_tensor(cf::i32, {8}), any_whole, any_g, sum); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received, sent, two, in_sizes, out_sizes); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received, sent, any_g, out_sizes, in_sizes); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received, sent, cf::process_group<"pair">{2}, even_split, in_sizes); }>);
static_assert(!is_a_constant<[] { return alltoall_base_(received, cf::dynamic_tensor(cf::i32, {8}), two, out_sizes, in_sizes); }>);
static_assert(!is_a_constant<[] { return gather_into_tensor_(dynamic_part, any_whole, g, 4); }>);
static_assert(!is_a_constant<[] { return gather_into_tensor_(dynamic_part, cf::tensor<cf::f32, dyn>{31}, g, 0); }>);
static_assert(!is_a_constant<[] { return gather_into_tensor_(part{}, cf::dynamic_tensor(cf::i32, {0}), g, 0); }>);

}  // namespace
