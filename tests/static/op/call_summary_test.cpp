// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/call_summary.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using call::is_a_constant;
using cf::call_bytes;
using cf::call_summary;
using cf::collective_kind;
using cf::even_split;
using cf::size_c;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"any"> any_g{4};
using shard = cf::tensor<cf::f32, 8>;                   // 32 B
using whole = cf::tensor<cf::f32, 32>;                  // 128 B
constexpr cf::dynamic_tensor any_shard(cf::f16, {8});   // 16 B
constexpr cf::dynamic_tensor any_whole(cf::f16, {32});  // 64 B

template <class Op, class... Args>
constexpr call_summary summary(Op, Args const&... args) {
  return cf::detail::summarize<Op>(Op::infer(args...), args...);
}
template <class Op, class... Args>
constexpr cf::call_parts parts(Op, Args const&... args) {
  return cf::detail::parts_of_call<Op>(Op::infer(args...), args...);
}
constexpr auto none = std::nullopt;

// What every call has. A group is its name and its size, static or not.
constexpr bool is(call_summary const& call, std::string_view op, collective_kind kind, call_bytes const& bytes) {
  return call.op == op && call.kind == kind && call.bytes == bytes;
}
constexpr bool is_over_g(call_summary const& call) { return call.group == "g" && call.group_size == 4 && call.dtype == cf::f32; }
constexpr bool is_over_any(call_summary const& call) { return call.group == "any" && call.group_size == 4 && call.dtype == cf::f16; }
constexpr bool has_no_rank(call_summary const& call) { return !call.root && !call.peer; }

// all_reduce
constexpr call_summary reduced = summary(fun::all_reduce, shard{}, sum, g);
constexpr call_summary any_reduced = summary(c10d::allreduce_, std::array{any_shard, any_shard}, any_g, sum);
static_assert(is(reduced, "_c10d_functional::all_reduce", collective_kind::all_reduce, {32, 32, 32}) && is_over_g(reduced) &&
              has_no_rank(reduced));
static_assert(is(any_reduced, "c10d::allreduce_", collective_kind::all_reduce, {32, 32, 32}) && is_over_any(any_reduced) &&
              has_no_rank(any_reduced));

// all_gather
constexpr call_summary gathered = summary(fun::all_gather_into_tensor, shard{}, g.size, g);
constexpr call_summary any_gathered = summary(c10d::_allgather_base_, any_whole, any_shard, any_g);
static_assert(is(gathered, "_c10d_functional::all_gather_into_tensor", collective_kind::all_gather, {32, 128, 128}) &&
              is_over_g(gathered) && has_no_rank(gathered));
static_assert(is(any_gathered, "c10d::_allgather_base_", collective_kind::all_gather, {16, 64, 64}) && is_over_any(any_gathered) &&
              has_no_rank(any_gathered));

// reduce_scatter
constexpr call_summary scattered = summary(fun::reduce_scatter_tensor, whole{}, sum, g.size, g);
constexpr call_summary any_scattered = summary(c10d::_reduce_scatter_base_, any_shard, any_whole, any_g, sum);
static_assert(is(scattered, "_c10d_functional::reduce_scatter_tensor", collective_kind::reduce_scatter, {128, 32, 128}) &&
              is_over_g(scattered) && has_no_rank(scattered));
static_assert(is(any_scattered, "c10d::_reduce_scatter_base_", collective_kind::reduce_scatter, {64, 16, 64}) &&
              is_over_any(any_scattered) && has_no_rank(any_scattered));

// A differentiable form goes by its own name, and is of its sibling's kind.
static_assert(is(summary(cf::c10d_functional_autograd::all_gather_into_tensor, shard{}, g.size, g),
                 "_c10d_functional_autograd::all_gather_into_tensor", collective_kind::all_gather, {32, 128, 128}));

// broadcast: the root is a number in its type or a value.
constexpr call_summary sent_to_all = summary(fun::broadcast, shard{}, size_c<3>, g);
constexpr call_summary any_sent_to_all = summary(c10d::broadcast_, any_shard, any_g, 2, 0);
static_assert(is(sent_to_all, "_c10d_functional::broadcast", collective_kind::broadcast, {32, 32, 32}) && is_over_g(sent_to_all));
static_assert(is(any_sent_to_all, "c10d::broadcast_", collective_kind::broadcast, {16, 16, 16}) && is_over_any(any_sent_to_all));
static_assert(sent_to_all.root == 3u && !sent_to_all.peer && any_sent_to_all.root == 2u && !any_sent_to_all.peer);

// reduce: root_rank, and not root_tensor. Rank 0 is a root too.
constexpr call_summary reduced_to_one = summary(c10d::reduce_, std::tuple{shard{}}, g, sum, size_c<0>, 1);
constexpr call_summary any_reduced_to_one = summary(c10d::reduce_, any_shard, any_g, sum, 3, 1);
static_assert(is(reduced_to_one, "c10d::reduce_", collective_kind::reduce, {32, 32, 32}) && is_over_g(reduced_to_one) &&
              is_over_any(any_reduced_to_one));
static_assert(reduced_to_one.root == 0u && !reduced_to_one.peer && any_reduced_to_one.root == 3u && !any_reduced_to_one.peer);

// gather, on the root and elsewhere: the message is the same. Who gives how much is in the list.
using four_shards = std::array<std::array<shard, 4>, 1>;
constexpr call_summary gathered_to_one = summary(c10d::gather_, four_shards{}, std::tuple{shard{}}, g, 1);
constexpr call_summary gathered_elsewhere =
    summary(c10d::gather_, std::vector<std::vector<cf::dynamic_tensor>>{}, std::array{any_shard}, any_g, 1);
static_assert(is(gathered_to_one, "c10d::gather_", collective_kind::gather, {32, 128, 128}) && is_over_g(gathered_to_one) &&
              gathered_to_one.root == 1u);
static_assert(is(gathered_elsewhere, "c10d::gather_", collective_kind::gather, {16, 0, 64}) && is_over_any(gathered_elsewhere) &&
              gathered_elsewhere.root == 1u);
static_assert(summary(c10d::gather_into_tensor_, shard{}, whole{}, g, 2).root == 2u &&
              summary(c10d::gather_into_tensor_, shard{}, whole{}, g, 2).kind == collective_kind::gather);

// scatter
constexpr call_summary scattered_from_one = summary(c10d::scatter_, std::tuple{shard{}}, four_shards{}, g, 1);
constexpr call_summary scattered_elsewhere =
    summary(c10d::scatter_, std::array{any_shard}, std::vector<std::vector<cf::dynamic_tensor>>{}, any_g, 0);
static_assert(is(scattered_from_one, "c10d::scatter_", collective_kind::scatter, {128, 32, 128}) && is_over_g(scattered_from_one) &&
              scattered_from_one.root == 1u);
static_assert(is(scattered_elsewhere, "c10d::scatter_", collective_kind::scatter, {0, 16, 64}) && is_over_any(scattered_elsewhere) &&
              scattered_elsewhere.root == 0u);

// all_to_all
constexpr std::array to_each{0, 1, 3, 4};
constexpr std::array from_each{2, 2, 2, 6};
constexpr call_summary exchanged = summary(fun::all_to_all_single, shard{}, even_split, even_split, g);
constexpr call_summary any_exchanged = summary(fun::all_to_all_single, any_shard, from_each, to_each, any_g);
static_assert(is(exchanged, "_c10d_functional::all_to_all_single", collective_kind::all_to_all, {32, 32, 32}) && is_over_g(exchanged) &&
              has_no_rank(exchanged));
static_assert(is(any_exchanged, "_c10d_functional::all_to_all_single", collective_kind::all_to_all, {16, 24, 24}) &&
              is_over_any(any_exchanged) && has_no_rank(any_exchanged));
static_assert(is(summary(cf::dtensor::shard_dim_alltoall, cf::tensor<cf::f32, 8, 4>{}, size_c<1>, size_c<0>, g),
                 "_dtensor::shard_dim_alltoall", collective_kind::all_to_all, {128, 128, 128}));

// send and recv: the peer, and not the tag. From any source, there is none.
constexpr call_summary sent = summary(c10d::send, std::tuple{shard{}}, g, size_c<3>, 7);
constexpr call_summary any_received = summary(fun::irecv, any_shard, 2, 7, any_g);
static_assert(is(sent, "c10d::send", collective_kind::send, {32, 0, 32}) && is_over_g(sent) && sent.peer == 3u && !sent.root);
static_assert(is(any_received, "_c10d_functional::irecv", collective_kind::recv, {0, 16, 16}) && is_over_any(any_received) &&
              any_received.peer == 2u && !any_received.root);
static_assert(summary(c10d::recv_, shard{}, g, 0, 7).peer == 0u && summary(fun::isend, shard{}, 1, 7, g).peer == 1u);
static_assert(summary(c10d::recv_any_source_, shard{}, g, 7).peer == none &&
              summary(c10d::recv_any_source_, shard{}, g, 7).kind == collective_kind::recv);

// A batch has a peer for each of its tensors, and so none.
constexpr std::array<std::string_view, 3> operations{"isend", "irecv", "isend"};
constexpr std::array peers{1, 3, 1};
constexpr call_summary batched = summary(fun::batch_p2p_ops, operations, peers, peers, std::tuple{shard{}, whole{}, shard{}}, g);
constexpr call_summary any_batched =
    summary(fun::batch_p2p_ops, operations, peers, peers, std::array{any_shard, any_whole, any_shard}, any_g);
static_assert(is(batched, "_c10d_functional::batch_p2p_ops", collective_kind::send_recv, {64, 128, 192}) && is_over_g(batched) &&
              has_no_rank(batched));
static_assert(is(any_batched, "_c10d_functional::batch_p2p_ops", collective_kind::send_recv, {32, 64, 96}) && is_over_any(any_batched) &&
              has_no_rank(any_batched));

// A barrier and a wait carry nothing, and have no dtype; a wait has no group either.
constexpr call_summary waited = summary(c10d::barrier, cf::tensor<cf::u8, 1>{}, g);
static_assert(is(waited, "c10d::barrier", collective_kind::barrier, {}) && waited.group == "g" && waited.group_size == 4 && !waited.dtype &&
              has_no_rank(waited));
constexpr call_summary waited_for = summary(fun::wait_tensor, shard{});
static_assert(is(waited_for, "_c10d_functional::wait_tensor", collective_kind::wait, {}) && waited_for.group.empty() &&
              waited_for.group_size == 0 && !waited_for.dtype && has_no_rank(waited_for));

// The dtype is that of the message: none of several, and none of no tensors.
using several = std::tuple<shard, cf::tensor<cf::u8, 3>>;
static_assert(!summary(c10d::send, several{}, g, 1).dtype && !summary(fun::all_reduce_coalesced, std::tuple<>{}, sum, g).dtype);
static_assert(summary(c10d::send, several{}, g, 1).bytes == call_bytes{35, 0, 35});

// Whether the list of the message has more than one entry.
static_assert(summary(c10d::send, several{}, g, 1).several && !summary(c10d::send, shard{}, g, 1).several);
static_assert(!summary(c10d::gather_, four_shards{}, std::tuple{shard{}}, g, 1).several &&
              !summary(fun::all_reduce, shard{}, sum, g).several);
static_assert(any_reduced.several && !reduced.several);

// The parts: a list with one entry a rank, splits, a batch; none of the calls that do not divide their payload.
static_assert(parts(c10d::gather_, four_shards{}, std::tuple{shard{}}, g, 1).input.empty() &&
              parts(c10d::gather_, four_shards{}, std::tuple{shard{}}, g, 1).output == vector{32, 32, 32, 32});
static_assert(parts(c10d::scatter_, std::tuple{shard{}}, four_shards{}, g, 1).input == vector{32, 32, 32, 32} &&
              parts(c10d::scatter_, std::tuple{shard{}}, four_shards{}, g, 1).output.empty());
static_assert(parts(c10d::allgather_, four_shards{}, std::tuple{shard{}}, g).output == vector{32, 32, 32, 32} &&
              parts(c10d::reduce_scatter_, std::tuple{shard{}}, four_shards{}, g, sum).input == vector{32, 32, 32, 32});
static_assert(parts(fun::all_to_all_single, any_shard, from_each, to_each, any_g).input == vector{0, 2, 6, 8} &&
              parts(fun::all_to_all_single, any_shard, from_each, to_each, any_g).output == vector{4, 4, 4, 12});
static_assert(parts(fun::batch_p2p_ops, operations, peers, peers, std::tuple{shard{}, whole{}, shard{}}, g).input == vector{0, 64, 0, 0} &&
              parts(fun::batch_p2p_ops, operations, peers, peers, std::tuple{shard{}, whole{}, shard{}}, g).output == vector{0, 0, 0, 128});
static_assert(parts(c10d::allreduce_, shard{}, g, sum).input.empty() && parts(c10d::allreduce_, shard{}, g, sum).output.empty());
// By tensor, where tensors may be communicated one by one.
using two_wholes = std::tuple<whole, cf::tensor<cf::f32, 4>>;
static_assert(parts(fun::reduce_scatter_tensor_coalesced, two_wholes{}, sum, 4, g).tensors == vector{128, 16} &&
              parts(fun::reduce_scatter_tensor_coalesced, two_wholes{}, sum, 4, g).input.empty());
static_assert(parts(c10d::reduce_scatter_tensor_coalesced_, std::array{any_shard}, std::array{any_whole}, any_g, sum).tensors ==
              vector{64});
static_assert(parts(fun::all_reduce_coalesced, two_wholes{}, sum, g).tensors.empty() &&
              cf::detail::may_have_parts<fun::reduce_scatter_tensor_coalesced_t>);
static_assert(cf::detail::may_have_parts<c10d::gather_t> && cf::detail::may_have_parts<c10d::scatter_t> &&
              cf::detail::may_have_parts<c10d::alltoall_t> && !cf::detail::may_have_parts<c10d::allreduce_t> &&
              !cf::detail::may_have_parts<fun::wait_tensor_t>);

// A size that does not fit is refused.
static_assert(
    !is_a_constant<[] { return summary(c10d::scatter_, std::array{cf::tensor<cf::u8, cf::dyn>{cf::dyn - 1}}, std::tuple<>{}, g, 0); }>);

}  // namespace
