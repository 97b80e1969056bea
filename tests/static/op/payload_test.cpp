// SPDX-License-Identifier: BSL-1.0
// Where PyTorch's number is not what is sent: each call with both, `comm_tensor_size` and the payload.
#include <commfold/op/table.hpp>

#include <commfold/tensor/chunk.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is_constant;
using call::payload;
using call::received_from;
using call::sent_to;
using cf::call_bytes;
using cf::even_split;
using cf::size_c;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};

// A view: 4096 B are stored, 1024 B are sent.
constexpr cf::tensor<cf::f32, 32, 32> matrix;
constexpr auto corner = cf::narrow(cf::narrow(matrix, size_c<0>, size_c<8>, size_c<16>), size_c<1>, size_c<8>, size_c<16>);
static_assert(is_constant<4096>(comm(fun::all_reduce, corner, sum, g)) &&
              payload(fun::all_reduce, corner, sum, g) == call_bytes{1024, 1024, 1024});
static_assert(is_constant<4096>(comm(c10d::send, corner, g, 1)) &&
              payload(c10d::send, corner, g, 1) == call_bytes{.input_bytes = 1024, .output_bytes = 0, .message_bytes = 1024});
static_assert(is_constant<4096>(comm(fun::reduce_scatter_tensor, corner, sum, g.size, g)) &&
              payload(fun::reduce_scatter_tensor, corner, sum, g.size, g) == call_bytes{1024, 256, 1024});
// What is gathered is counted by the result, which is no view.
static_assert(is_constant<4096>(comm(fun::all_gather_into_tensor, corner, g.size, g)) &&
              payload(fun::all_gather_into_tensor, corner, g.size, g) == call_bytes{1024, 4096, 4096});
// An expanded one: 32 B are stored, 1024 B are sent.
constexpr auto expanded = cf::expand(cf::tensor<cf::f32, 8>{}, size_c<32>, size_c<8>);
static_assert(is_constant<32>(comm(fun::all_reduce, expanded, sum, g)) &&
              payload(fun::all_reduce, expanded, sum, g) == call_bytes{1024, 1024, 1024});

// Only the side that PyTorch looks at, whatever stands behind the other: here the same corner of 16384 B.
constexpr auto far =
    cf::narrow(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<0>, size_c<8>, size_c<16>), size_c<1>, size_c<8>, size_c<16>);
using whole = cf::tensor<cf::f32, 1024>;
constexpr std::array<std::array<cf::tensor<cf::f32, 256>, 4>, 1> four_blocks{};
static_assert(is_constant<4096>(comm(c10d::allgather_, four_blocks, std::tuple{far}, g)));
static_assert(is_constant<4096>(comm(c10d::reduce_scatter_, std::tuple{far}, four_blocks, g, sum)));
static_assert(is_constant<4096>(comm(c10d::gather_, four_blocks, std::tuple{far}, g, 0)) &&
              is_constant<4096>(comm(c10d::scatter_, std::tuple{far}, four_blocks, g, 0)));
static_assert(is_constant<4096>(comm(c10d::_allgather_base_, whole{}, far, g)) &&
              is_constant<4096>(comm(c10d::_reduce_scatter_base_, far, whole{}, g, sum)));
static_assert(is_constant<4096>(comm(c10d::allgather_coalesced_, std::array<std::tuple<cf::tensor<cf::f32, 256>>, 4>{}, std::tuple{far},
                                     g)));
static_assert(is_constant<4096>(comm(c10d::allgather_into_tensor_coalesced_, std::tuple{whole{}}, std::tuple{far}, g)));
static_assert(is_constant<4096>(comm(c10d::reduce_scatter_tensor_coalesced_, std::tuple{far}, std::tuple{whole{}}, g, sum)));
static_assert(is_constant<4096>(comm(fun::all_gather_into_tensor, far, g.size, g)) &&
              is_constant<4096>(comm(fun::all_gather_into_tensor_coalesced, std::tuple{far}, g.size, g)));
static_assert(is_constant<4096>(comm(fun::all_gather_into_tensor_out, far, g.size, g, whole{})) &&
              is_constant<4096>(comm(fun::reduce_scatter_tensor_out, whole{}, sum, g.size, g, far)));
static_assert(is_constant<256>(comm(fun::reduce_scatter_tensor_coalesced, std::tuple{far}, sum, g.size, g)) &&
              is_constant<16384>(comm(fun::reduce_scatter_tensor, far, sum, g.size, g)));

// A list of four views of one buffer of 4096 B: 16384 B to PyTorch, 4096 B are gathered.
constexpr auto chunks = cf::chunk(matrix, size_c<4>);
constexpr std::array<std::remove_const_t<decltype(chunks)>, 1> outputs{chunks};
static_assert(is_constant<16384>(comm(c10d::allgather_, outputs, std::tuple{cf::tensor<cf::f32, 256>{}}, g)));
static_assert(payload(c10d::allgather_, outputs, std::tuple{cf::tensor<cf::f32, 256>{}}, g) ==
              call_bytes{.input_bytes = 1024, .output_bytes = 4096, .message_bytes = 4096});
static_assert(is_constant<16384>(comm(c10d::alltoall_, chunks, chunks, any_g)) &&
              payload(c10d::alltoall_, chunks, chunks, any_g) == call_bytes{4096, 4096, 4096});
static_assert(is_constant<16384>(comm(fun::all_reduce_coalesced_, chunks, sum, g)) &&
              payload(fun::all_reduce_coalesced_, chunks, sum, g) == call_bytes{4096, 4096, 4096});

// Uneven all_to_all of lists: the larger side is PyTorch's number and the message; who gets how much is in the lists.
template <std::size_t... N>
using floats = std::tuple<cf::tensor<cf::f32, N>...>;
static_assert(is_constant<40>(comm(c10d::alltoall_, floats<2, 2, 2, 2>{}, floats<1, 2, 3, 4>{}, g)));
static_assert(payload(c10d::alltoall_, floats<2, 2, 2, 2>{}, floats<1, 2, 3, 4>{}, g) ==
              call_bytes{.input_bytes = 40, .output_bytes = 32, .message_bytes = 40});
static_assert(sent_to(c10d::alltoall_, floats<2, 2, 2, 2>{}, floats<1, 2, 3, 4>{}, g) == vector{4, 8, 12, 16});
static_assert(received_from(c10d::alltoall_, floats<0, 0, 0, 5>{}, floats<1, 2, 3, 4>{}, g) == vector{0, 0, 0, 20});

// Uneven all_to_all_single, in place of c10d: the larger side; functional: both sides. Splits of 0 are 0.
constexpr cf::tensor<cf::f32, 8, 4> eight;  // 16 B a row
constexpr cf::tensor<cf::f32, 10, 4> ten;
constexpr std::array to_each{0, 1, 3, 4};
constexpr std::array from_each{4, 3, 2, 1};
static_assert(is_constant<160>(comm(c10d::alltoall_base_, ten, eight, g, from_each, to_each)) &&
              comm(fun::all_to_all_single, eight, from_each, to_each, g) == 288);
static_assert(payload(c10d::alltoall_base_, ten, eight, g, from_each, to_each) ==
              call_bytes{.input_bytes = 128, .output_bytes = 160, .message_bytes = 160});
static_assert(payload(fun::all_to_all_single, eight, from_each, to_each, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 160, .message_bytes = 160});
static_assert(sent_to(c10d::alltoall_base_, ten, eight, g, from_each, to_each) == vector{0, 16, 48, 64} &&
              received_from(c10d::alltoall_base_, ten, eight, g, from_each, to_each) == vector{64, 48, 32, 16});
static_assert(sent_to(fun::all_to_all_single, eight, from_each, to_each, any_g) == vector{0, 16, 48, 64} &&
              received_from(fun::all_to_all_single, eight, from_each, to_each, any_g) == vector{64, 48, 32, 16});
constexpr std::array none{0, 0, 0, 0};
static_assert(comm(fun::all_to_all_single, eight, none, to_each, g) == 128 &&
              payload(fun::all_to_all_single, eight, none, to_each, g) ==
                  call_bytes{.input_bytes = 128, .output_bytes = 0, .message_bytes = 128});
// The same splits over a view of which a quarter of each row is seen: 128 B are stored, 32 B are sent.
constexpr auto column = cf::narrow(eight, size_c<1>, size_c<3>, size_c<1>);
static_assert(comm(fun::all_to_all_single, column, from_each, to_each, g) == 168 &&
              payload(fun::all_to_all_single, column, from_each, to_each, g) == call_bytes{32, 40, 40});
static_assert(sent_to(fun::all_to_all_single, column, from_each, to_each, g) == vector{0, 4, 12, 16});

// An even split: to each rank the same.
static_assert(is_constant<256>(comm(fun::all_to_all_single, eight, even_split, even_split, g)) &&
              payload(fun::all_to_all_single, eight, even_split, even_split, g) == call_bytes{128, 128, 128});
static_assert(sent_to(c10d::alltoall_base_, eight, eight, g, std::array<int, 0>{}, even_split) == vector{32, 32, 32, 32});

// Functional shard_dim_alltoall counts both sides, and the whole storage of what it joined.
static_assert(is_constant<640>(comm(cf::dtensor::shard_dim_alltoall, eight, size_c<1>, size_c<0>, g)) &&
              payload(cf::dtensor::shard_dim_alltoall, eight, size_c<1>, size_c<0>, g) == call_bytes{128, 128, 128});

// A coalesced reduce-scatter is counted by its outputs, a single one by its input; the payload is the same.
static_assert(is_constant<32>(comm(fun::reduce_scatter_tensor_coalesced, std::tuple{eight}, sum, g.size, g)) &&
              is_constant<128>(comm(fun::reduce_scatter_tensor, eight, sum, g.size, g)));
static_assert(payload(fun::reduce_scatter_tensor_coalesced, std::tuple{eight}, sum, g.size, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});
static_assert(payload(fun::reduce_scatter_tensor, eight, sum, g.size, g) ==
              call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});

// Batched point-to-point: PyTorch counts what is received beside what is sent.
constexpr std::array<std::string_view, 3> operations{"isend", "irecv", "isend"};
constexpr std::array peers{1, 3, 1};
static_assert(is_constant<320>(comm(fun::batch_p2p_ops, operations, peers, peers, std::tuple{eight, ten, cf::tensor<cf::f32, 8>{}}, g)));
static_assert(payload(fun::batch_p2p_ops, operations, peers, peers, std::tuple{eight, ten, cf::tensor<cf::f32, 8>{}}, g) ==
              call_bytes{.input_bytes = 160, .output_bytes = 160, .message_bytes = 320});
static_assert(sent_to(fun::batch_p2p_ops, operations, peers, peers, std::tuple{eight, ten, cf::tensor<cf::f32, 8>{}}, g) ==
              vector{0, 160, 0, 0});
static_assert(received_from(fun::batch_p2p_ops, operations, peers, peers, std::tuple{eight, ten, cf::tensor<cf::f32, 8>{}}, g) ==
              vector{0, 0, 0, 160});

// gather_ and scatter_ on a rank that is not the root: PyTorch counts 0, and this rank's part is sent or received all the same.
constexpr std::tuple<> not_root;
using all = std::tuple<floats<1, 2, 3, 4>>;
static_assert(is_constant<40>(comm(c10d::gather_, all{}, floats<3>{}, g, 2)) &&
              payload(c10d::gather_, all{}, floats<3>{}, g, 2) == call_bytes{.input_bytes = 12, .output_bytes = 40, .message_bytes = 40});
static_assert(is_constant<0>(comm(c10d::gather_, not_root, floats<3>{}, g, 2)) &&
              payload(c10d::gather_, not_root, floats<3>{}, g, 2) == call_bytes{.input_bytes = 12, .output_bytes = 0, .message_bytes = 48});
static_assert(is_constant<40>(comm(c10d::scatter_, floats<3>{}, all{}, g, 2)) &&
              payload(c10d::scatter_, floats<3>{}, all{}, g, 2) == call_bytes{.input_bytes = 40, .output_bytes = 12, .message_bytes = 40});
static_assert(is_constant<0>(comm(c10d::scatter_, floats<3>{}, not_root, g, 2)) &&
              payload(c10d::scatter_, floats<3>{}, not_root, g, 2) ==
                  call_bytes{.input_bytes = 0, .output_bytes = 12, .message_bytes = 48});
static_assert(received_from(c10d::gather_, all{}, floats<3>{}, g, 2) == vector{4, 8, 12, 16} &&
              sent_to(c10d::scatter_, floats<3>{}, not_root, g, 2) == vector{0, 0, 0, 0});

// Several inputs at once: what goes to a rank is one entry of each list.
using two_lists = std::tuple<floats<1, 2, 3, 4>, floats<4, 3, 2, 1>>;
static_assert(is_constant<80>(comm(c10d::reduce_scatter_, floats<1, 1>{}, two_lists{}, g, sum)) &&
              sent_to(c10d::reduce_scatter_, floats<1, 1>{}, two_lists{}, g, sum) == vector{20, 20, 20, 20});
static_assert(payload(c10d::reduce_scatter_, floats<1, 1>{}, two_lists{}, g, sum) ==
              call_bytes{.input_bytes = 80, .output_bytes = 8, .message_bytes = 80});

}  // namespace
