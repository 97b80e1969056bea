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
namespace c10d = commfold::c10d;
using call::comm;
using call::is_constant;
using call::payload;
using call::received_from;
using call::sent_to;
using call::with_work;
using cf::call_bytes;
using cf::size_c;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;   // 128 B
using any = cf::tensor<cf::f32, cf::dyn>;  // 4 B an element
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
constexpr auto lower = cf::narrow(shard{}, size_c<0>, size_c<4>, size_c<4>);
using view = std::remove_const_t<decltype(upper)>;
// PyTorch's list of float32 [8, 4], [3] and [5, 2]: 180 B.
using uneven = std::tuple<shard, cf::tensor<cf::f32, 3>, cf::tensor<cf::f32, 5, 2>>;
using ranks_of_shards = std::array<shard, 4>;  // 512 B

// allreduce_, broadcast_, reduce_: in place, on a list that may be a tuple, an array, a vector, a struct, or one tensor in its place.
static_assert(std::is_same_v<decltype(c10d::allreduce_(std::tuple{shard{}}, g, sum)), with_work<std::tuple<shard>>>);
static_assert(std::is_same_v<decltype(c10d::allreduce_(shard{}, any_g, sum, nullptr, false, 30000)), with_work<shard>>);
static_assert(std::is_same_v<decltype(c10d::broadcast_(uneven{}, two, 0, 1)), with_work<uneven>>);
static_assert(std::is_same_v<decltype(c10d::reduce_(std::array<shard, 2>{}, g, sum, 0, 0)), cf::fake_work<std::array<shard, 2>>>);
static_assert(c10d::reduce_(dynamic, any_g, cf::reduce_op::max, 3, 0).result() == dynamic);
static_assert(call::tensors(c10d::allreduce_(std::array{dynamic}, g, sum))[0] == dynamic);
static_assert(call::tensors(c10d::broadcast_(std::array{cf::dynamic_tensor(upper)}, any_g, size_c<3>, 0))[0] == upper);
// Views come back as they are: strides, storage and all.
static_assert(std::is_same_v<decltype(c10d::allreduce_(std::tuple{upper, lower}, two, cf::avg)), with_work<std::tuple<view, view>>>);
static_assert(std::get<0>(call::tensors(c10d::broadcast_(std::tuple{upper}, two, 1))).storage_bytes() == 128);

static_assert(is_constant<256>(comm(c10d::allreduce_, std::tuple{upper, lower}, two, cf::avg)));
static_assert(payload(c10d::allreduce_, std::tuple{upper, lower}, two, cf::avg) ==
              call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});
static_assert(is_constant<128>(comm(c10d::allreduce_, shard{}, any_g, sum)) && comm(c10d::allreduce_, std::array{dynamic}, g, sum) == 128);
static_assert(comm(c10d::allreduce_, std::vector<any>{any{2}, any{3}}, g, sum) == 20);
static_assert(is_constant<0>(comm(c10d::allreduce_, std::tuple<>{}, g, sum)));
static_assert(is_constant<180>(comm(c10d::broadcast_, uneven{}, two, 0, 1)) &&
              payload(c10d::broadcast_, uneven{}, two, 0, 1) == call_bytes{180, 180, 180});
static_assert(is_constant<180>(comm(c10d::reduce_, uneven{}, two, cf::avg, 0, 2)) &&
              payload(c10d::reduce_, uneven{}, two, cf::avg, 0, 2) == call_bytes{180, 180, 180});
static_assert(comm(c10d::reduce_, std::tuple{upper, dynamic}, g, sum, 0) == 256 &&
              payload(c10d::reduce_, std::tuple{upper, dynamic}, g, sum, 0) == call_bytes{192, 192, 192});

// allgather_: a list of one tensor a rank for each input; outputs are counted. PyTorch: [4] and [2, 2] of float32 over two ranks, 64 B.
using two_outputs = std::tuple<std::array<cf::tensor<cf::f32, 4>, 2>, std::array<cf::tensor<cf::f32, 2, 2>, 2>>;
using two_inputs = std::tuple<cf::tensor<cf::f32, 4>, cf::tensor<cf::f32, 2, 2>>;
static_assert(std::is_same_v<decltype(c10d::allgather_(two_outputs{}, two_inputs{}, two)), with_work<two_outputs>>);
static_assert(is_constant<64>(comm(c10d::allgather_, two_outputs{}, two_inputs{}, two)));
static_assert(payload(c10d::allgather_, two_outputs{}, two_inputs{}, two) ==
              call_bytes{.input_bytes = 32, .output_bytes = 64, .message_bytes = 64});
static_assert(received_from(c10d::allgather_, two_outputs{}, two_inputs{}, two) == vector{32, 32});
// complex64 [1..4, 3] into 240 B, from an expanded [8, 5] of 40 B.
template <std::size_t Rows>
using c64 = cf::tensor<cf::c64, Rows, 3>;
using uneven_outputs = std::tuple<std::tuple<c64<1>, c64<2>, c64<3>, c64<4>>>;
constexpr auto expanded = cf::expand(cf::tensor<cf::c64, 1, 5>{}, size_c<8>, size_c<5>);
static_assert(is_constant<240>(comm(c10d::allgather_, uneven_outputs{}, std::tuple{expanded}, any_g, false, 30000)));
static_assert(payload(c10d::allgather_, uneven_outputs{}, std::tuple{expanded}, g) ==
              call_bytes{.input_bytes = 320, .output_bytes = 240, .message_bytes = 240});
static_assert(received_from(c10d::allgather_, uneven_outputs{}, std::tuple{expanded}, any_g) == vector{24, 48, 72, 96});
// Windows on one buffer count all of it each time.
constexpr std::array<std::array<view, 2>, 1> halves{};
static_assert(is_constant<256>(comm(c10d::allgather_, halves, std::tuple{lower}, two)) &&
              payload(c10d::allgather_, halves, std::tuple{lower}, two) == call_bytes{64, 128, 128});
static_assert(call::tensors(c10d::allgather_(halves, std::tuple{lower}, two))[0][1].storage_bytes() == 128);

// reduce_scatter_: the inputs are counted. PyTorch: float32 [1, 3] and [2, 3] to two ranks, 36 B.
using two_blocks = std::tuple<std::tuple<cf::tensor<cf::f32, 1, 3>, cf::tensor<cf::f32, 2, 3>>>;
static_assert(std::is_same_v<decltype(c10d::reduce_scatter_(std::tuple{upper}, two_blocks{}, two, sum)), with_work<std::tuple<view>>>);
static_assert(is_constant<36>(comm(c10d::reduce_scatter_, std::tuple{upper}, two_blocks{}, two, sum)));
static_assert(payload(c10d::reduce_scatter_, std::tuple{upper}, two_blocks{}, two, sum) ==
              call_bytes{.input_bytes = 36, .output_bytes = 64, .message_bytes = 36});
static_assert(sent_to(c10d::reduce_scatter_, std::tuple{upper}, two_blocks{}, two, sum) == vector{12, 24});
static_assert(is_constant<512>(comm(c10d::reduce_scatter_, std::array<shard, 1>{}, std::array<ranks_of_shards, 1>{}, any_g, sum)));

// gather_ and scatter_, as the root sees them and as the others do.
constexpr std::tuple<> not_root;
using gathered = std::array<ranks_of_shards, 1>;
static_assert(std::is_same_v<decltype(c10d::gather_(gathered{}, std::tuple{shard{}}, g, 0)), cf::fake_work<gathered>>);
static_assert(std::is_same_v<decltype(c10d::gather_(not_root, std::tuple{shard{}}, g, 3)), cf::fake_work<std::tuple<>>>);
static_assert(is_constant<512>(comm(c10d::gather_, gathered{}, std::tuple{shard{}}, g, 0)) &&
              is_constant<0>(comm(c10d::gather_, not_root, std::tuple{shard{}}, g, 0)));
static_assert(payload(c10d::gather_, gathered{}, std::tuple{shard{}}, g, 0) ==
              call_bytes{.input_bytes = 128, .output_bytes = 512, .message_bytes = 512});
static_assert(payload(c10d::gather_, not_root, std::tuple{shard{}}, any_g, 0) ==
              call_bytes{.input_bytes = 128, .output_bytes = 0, .message_bytes = 512});
static_assert(received_from(c10d::gather_, gathered{}, std::tuple{shard{}}, g, 0) == vector{128, 128, 128, 128});
static_assert(received_from(c10d::gather_, not_root, std::tuple{shard{}}, g, 0) == vector{0, 0, 0, 0});
// Uneven: the root knows the whole vector, 240 B.
static_assert(payload(c10d::gather_, uneven_outputs{}, std::tuple<c64<2>>{}, g, 1) ==
              call_bytes{.input_bytes = 48, .output_bytes = 240, .message_bytes = 240});
static_assert(received_from(c10d::gather_, uneven_outputs{}, std::tuple<c64<2>>{}, g, 1) == vector{24, 48, 72, 96});

// PyTorch's uneven scatter_: [1], [2], [3], [4] of float32 from the root, 40 B, into [3].
template <std::size_t N>
using f32 = cf::tensor<cf::f32, N>;
using blocks = std::tuple<std::tuple<f32<1>, f32<2>, f32<3>, f32<4>>>;
static_assert(std::is_same_v<decltype(c10d::scatter_(std::tuple<f32<3>>{}, blocks{}, g, 0)), with_work<std::tuple<f32<3>>>>);
static_assert(is_constant<40>(comm(c10d::scatter_, std::tuple<f32<3>>{}, blocks{}, g, 0)) &&
              is_constant<0>(comm(c10d::scatter_, std::tuple<f32<3>>{}, not_root, g, 1)));
static_assert(payload(c10d::scatter_, std::tuple<f32<3>>{}, blocks{}, g, 0) ==
              call_bytes{.input_bytes = 40, .output_bytes = 12, .message_bytes = 40});
static_assert(payload(c10d::scatter_, std::tuple<f32<3>>{}, not_root, g, 1) ==
              call_bytes{.input_bytes = 0, .output_bytes = 12, .message_bytes = 48});
static_assert(sent_to(c10d::scatter_, std::tuple<f32<3>>{}, blocks{}, any_g, 0) == vector{4, 8, 12, 16});

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

// What is no list, no group or no rank cannot be asked about.
static_assert(!std::is_invocable_v<c10d::allreduce_t, int, decltype(g), cf::reduce_op>);
static_assert(!std::is_invocable_v<c10d::allreduce_t, std::tuple<shard>, int, cf::reduce_op>);
static_assert(!std::is_invocable_v<c10d::allreduce_t, std::tuple<shard>, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::broadcast_t, std::tuple<shard>, decltype(g), double>);
static_assert(!std::is_invocable_v<c10d::reduce_t, std::tuple<shard>, decltype(g), int, int>);
static_assert(!std::is_invocable_v<c10d::allgather_t, gathered, shard, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::alltoall_t, shard, shard, decltype(g)>);

}  // namespace
