// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/p2p.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <string_view>
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
using call::received_from;
using call::sent_to;
using cf::call_bytes;
using cf::size_c;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
// PyTorch's list of float32 [8, 4], [3] and [5, 2]: 180 B.
using uneven = std::tuple<shard, cf::tensor<cf::f32, 3>, cf::tensor<cf::f32, 5, 2>>;

// Two views of one storage of 128 B, of which 64 B are seen of each.
constexpr std::array views{upper, upper};
// send has no output, recv_ and recv_any_source_ no input; all carry N, of one tensor or several, and return a work.
static_assert(std::is_same_v<decltype(c10d::send(uneven{}, two, 1, 0)), cf::fake_work<uneven>>);
static_assert(is_constant<180>(comm(c10d::send, uneven{}, two, 1, 0)) &&
              payload(c10d::send, uneven{}, two, 1, 0) == call_bytes{.input_bytes = 180, .output_bytes = 0, .message_bytes = 180});
static_assert(payload(c10d::send, dynamic, any_g, 0) == call_bytes{128, 0, 128} && comm(c10d::send, std::array{dynamic}, any_g, 3) == 128);

static_assert(std::is_same_v<decltype(c10d::recv_(views, two, size_c<1>, 0)), cf::fake_work<std::remove_const_t<decltype(views)>>>);
static_assert(is_constant<256>(comm(c10d::recv_, views, two, 1, 0)) &&
              payload(c10d::recv_, views, two, 1, 0) == call_bytes{.input_bytes = 0, .output_bytes = 128, .message_bytes = 128});
static_assert(c10d::recv_(dynamic, any_g, 2).result() == dynamic && c10d::recv_(views, two, 0).result()[0].storage_bytes() == 128);

static_assert(std::is_same_v<decltype(c10d::recv_any_source_(views, two, 0)), cf::fake_work<std::remove_const_t<decltype(views)>>>);
static_assert(is_constant<256>(comm(c10d::recv_any_source_, views, two, 0)) &&
              payload(c10d::recv_any_source_, views, two, 0) == call_bytes{.input_bytes = 0, .output_bytes = 128, .message_bytes = 128});
static_assert(comm(c10d::recv_any_source_, dynamic, any_g, 7) == 128 && c10d::recv_any_source_(dynamic, any_g, 0).result() == dynamic);

static_assert(!std::is_invocable_v<c10d::send_t, shard, int, int> && !std::is_invocable_v<c10d::send_t, shard, decltype(g)> &&
              !std::is_invocable_v<c10d::recv_t, int, decltype(g), int> && !std::is_invocable_v<c10d::recv_t, shard, decltype(g), bool> &&
              !std::is_invocable_v<c10d::recv_any_source_t, shard, int, int>);

static_assert(is_a_constant<[] { return c10d::send(shard{}, g, 3); }> && is_a_constant<[] { return c10d::recv_(shard{}, any_g, 0); }>);
static_assert(!is_a_constant<[] { return c10d::send(shard{}, g, 4); }> && !is_a_constant<[] { return c10d::send(shard{}, any_g, -1); }>);
static_assert(!is_a_constant<[] { return c10d::recv_(shard{}, any_g, size_c<4>); }> &&
              !is_a_constant<[] { return c10d::recv_(shard{}, two, 2); }>);

// PyTorch's [2, 4] at offset 8 of a storage of 128 B.
constexpr auto rows_of_a_buffer = cf::narrow(cf::tensor<cf::f32, 8, 4>{}, size_c<0>, size_c<2>, size_c<2>);
constexpr cf::dynamic_tensor any_halves(cf::f16, {8, 5});
// isend gives back a tensor without elements, irecv a fresh one. PyTorch cannot size either; ours is the storage of the tensor.
static_assert(is(fun::isend(rows_of_a_buffer, 1, 0, two), cf::tensor<cf::f32, 0>{}) &&
              is(fun::isend(any_halves, size_c<3>, 2, any_g), cf::dynamic_tensor(cf::f16, {0})));
static_assert(is_constant<128>(comm(fun::isend, rows_of_a_buffer, 1, 0, two)) &&
              payload(fun::isend, rows_of_a_buffer, 1, 0, two) == call_bytes{.input_bytes = 32, .output_bytes = 0, .message_bytes = 32});
static_assert(is(fun::irecv(rows_of_a_buffer, 1, 0, two), cf::tensor<cf::f32, 2, 4>{}) && is(fun::irecv(any_halves, 2, 2, g), any_halves));
static_assert(is(fun::irecv(cf::dynamic_tensor(rows_of_a_buffer), 0, 0, any_g), cf::dynamic_tensor(cf::f32, {2, 4})));
static_assert(is_constant<128>(comm(fun::irecv, rows_of_a_buffer, 1, 0, two)) &&
              payload(fun::irecv, rows_of_a_buffer, 1, 0, two) == call_bytes{.input_bytes = 0, .output_bytes = 32, .message_bytes = 32});
static_assert(comm(fun::irecv, any_halves, 2, 2, g) == 80 && payload(fun::irecv, any_halves, 2, 2, g) == call_bytes{0, 80, 80});

// PyTorch: float32 [8] sent to rank 1 and [6] received from rank 3, of four; 56 B, receives beside sends.
constexpr std::array<std::string_view, 2> send_and_receive{"isend", "irecv"};
constexpr std::array one_three{1, 3};
constexpr std::array tags{0, 0};
using pair = std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 6>>;
using received = std::tuple<cf::dynamic_tensor, cf::dynamic_tensor>;
static_assert(is(fun::batch_p2p_ops(send_and_receive, one_three, tags, pair{}, g),
                 received(cf::dynamic_tensor(cf::f32, {0}), cf::dynamic_tensor(cf::f32, {6}))));
static_assert(is_constant<56>(comm(fun::batch_p2p_ops, send_and_receive, one_three, tags, pair{}, any_g)));
static_assert(payload(fun::batch_p2p_ops, send_and_receive, one_three, tags, pair{}, g) ==
              call_bytes{.input_bytes = 32, .output_bytes = 24, .message_bytes = 56});
static_assert(sent_to(fun::batch_p2p_ops, send_and_receive, one_three, tags, pair{}, g) == vector{0, 32, 0, 0});
static_assert(received_from(fun::batch_p2p_ops, send_and_receive, one_three, tags, pair{}, g) == vector{0, 0, 0, 24});

// Received into two halves of one storage of 64 B, and a transposed one of 48 B sent: 176 B to PyTorch. The halves come back as they are.
constexpr auto half = cf::narrow(cf::tensor<cf::u8, 16, 4>{}, size_c<0>, size_c<8>, size_c<8>);
constexpr auto transposed = cf::transpose(cf::tensor<cf::u8, 6, 8>{}, size_c<0>, size_c<1>);
constexpr std::array<char const*, 3> in_in_out{"irecv", "irecv", "isend"};
constexpr std::array three{cf::dynamic_tensor(half), cf::dynamic_tensor(half), cf::dynamic_tensor(transposed)};
constexpr std::array<cf::dynamic_tensor, 3> got = fun::batch_p2p_ops(in_in_out, std::array{1, 1, 1}, std::array{0, 1, 2}, three, two);
static_assert(got[0] == half && got[1] == half && got[2] == cf::dynamic_tensor(cf::u8, {0}));
static_assert(comm(fun::batch_p2p_ops, in_in_out, std::array{1, 1, 1}, std::array{0, 1, 2}, three, two) == 176);
static_assert(payload(fun::batch_p2p_ops, in_in_out, std::array{1, 1, 1}, std::array{0, 1, 2}, three, two) == call_bytes{48, 64, 112});
static_assert(received_from(fun::batch_p2p_ops, in_in_out, std::array{1, 0, 1}, std::array{0, 1, 2}, three, two) == vector{32, 32});
// An empty batch is none; in PyTorch too.
using names = std::vector<std::string_view>;
using numbers = std::vector<int>;
static_assert(fun::batch_p2p_ops(names{}, numbers{}, numbers{}, std::vector<cf::dynamic_tensor>{}, g).empty());

static_assert(!std::is_invocable_v<fun::isend_t, std::tuple<decltype(any_halves)>, int, int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::irecv_t, decltype(any_halves), int, decltype(g)>);
static_assert(!std::is_invocable_v<fun::batch_p2p_ops_t, numbers, names, numbers, pair, decltype(g)>);
static_assert(!std::is_invocable_v<fun::batch_p2p_ops_t, names, numbers, names, pair, decltype(g)>);
static_assert(!std::is_invocable_v<fun::batch_p2p_ops_t, names, numbers, numbers, std::tuple<pair>, decltype(g)>);
static_assert(!std::is_invocable_v<fun::batch_p2p_ops_t, names, numbers, numbers, std::tuple<int>, decltype(g)>);

static_assert(!is_a_constant<[] { return fun::isend(rows_of_a_buffer, 4, 0, g); }> &&
              !is_a_constant<[] { return fun::irecv(rows_of_a_buffer, -1, 0, g); }>);
static_assert(!is_a_constant<[] { return fun::batch_p2p_ops(send_and_receive, std::array{1, 4}, tags, pair{}, g); }>);
static_assert(!is_a_constant<[] { return fun::batch_p2p_ops(names{"isend", "put"}, one_three, tags, pair{}, g); }>);
static_assert(!is_a_constant<[] { return fun::batch_p2p_ops(names{"isend"}, one_three, tags, pair{}, g); }>);

}  // namespace
