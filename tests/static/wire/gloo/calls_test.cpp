// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/calls.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <tuple>

namespace {
namespace cf = commfold;
namespace gloo = commfold::gloo;
namespace fun = commfold::c10d_functional;
using call::is_a_constant;
using cf::wire::rank_traffic;
using cf::wire::traffic_of;

constexpr cf::process_group<"dp", 4> g;
using shard = cf::tensor<cf::f32, 16>;  // 64 B
using whole = cf::tensor<cf::f32, 64>;  // 256 B
using four_shards = std::array<std::array<shard, 4>, 1>;

/// What a rank sends and receives in the calls of a step, and in how many schedules.
struct all_traffic {
  rank_traffic traffic;
  std::size_t schedules = 0;

  template <class Schedule>
  constexpr void add(Schedule const& schedule, std::size_t rank) {
    rank_traffic const one = traffic_of(schedule, rank);
    traffic.sent_bytes += one.sent_bytes;
    traffic.received_bytes += one.received_bytes;
    traffic.sent_messages += one.sent_messages;
    traffic.received_messages += one.received_messages;
    ++schedules;
  }
  friend constexpr bool operator==(all_traffic const&, all_traffic const&) = default;
};
constexpr all_traffic of(cf::call_record const& call, std::size_t rank) {
  all_traffic all;
  gloo::schedules_of(call, rank, [&](auto const& schedule) { all.add(schedule, rank); });
  return all;
}
constexpr all_traffic of_step(auto step, std::size_t rank) {
  all_traffic all;
  auto const log = cf::log(step);
  for (cf::call_record const& call : log.calls()) gloo::schedules_of(call, rank, [&](auto const& schedule) { all.add(schedule, rank); });
  return all;
}
template <class Op, class... Args>
constexpr all_traffic of_call(std::size_t rank, Op op, Args const&... args) {
  return of_step([&](auto& comm) { static_cast<void>(comm.call(op, args...)); }, rank);
}
template <class... Schedules>
constexpr all_traffic sum_of(std::size_t rank, Schedules const&... schedules) {
  all_traffic all;
  (all.add(schedules, rank), ...);
  return all;
}

// Every operator of the table is known, by its name and kind, and no other.
template <class Row>
constexpr std::size_t times_known = [] {
  std::size_t times = 0;
  for (gloo::detail::operator_run const& known : gloo::detail::operator_runs)
    times += known.op == Row::name && known.kind == Row::kind ? 1u : 0u;
  return times;
}();
template <class... Rows>
constexpr bool knows_each(boost::mp11::mp_list<Rows...>) {
  return ((times_known<Rows> == 1) && ...) && sizeof...(Rows) == std::size(gloo::detail::operator_runs);
}
static_assert(knows_each(cf::all_operators{}));

// One all_reduce of the message: of all tensors together, and of the whole input of a reduce_scatter.
constexpr all_traffic reduced = sum_of(2, gloo::all_reduce(256, 4, 4));
static_assert(of_call(2, cf::c10d::allreduce_, whole{}, g, cf::sum) == reduced &&
              of_call(2, fun::all_reduce, whole{}, cf::avg, g) == reduced);
static_assert(of_call(2, fun::all_reduce_coalesced, std::tuple{shard{}, cf::tensor<cf::f32, 48>{}}, cf::sum, g) == reduced);
static_assert(of_call(2, fun::reduce_scatter_tensor, whole{}, cf::sum, 4, g) == reduced &&
              of_call(2, cf::c10d::_reduce_scatter_base_, shard{}, whole{}, g, cf::sum) == reduced);

// One a block of a list, one a tensor of a coalesced reduce_scatter. The sums do not tell: 19 segments are more than 12.
constexpr std::tuple uneven_blocks{cf::tensor<cf::f32, 1>{}, cf::tensor<cf::f32, 2>{}, cf::tensor<cf::f32, 3>{}, cf::tensor<cf::f32, 4>{}};
static_assert(of_call(3, cf::c10d::reduce_scatter_, std::tuple{cf::tensor<cf::f32, 4>{}}, std::array{uneven_blocks}, g, cf::sum) ==
              sum_of(3, gloo::all_reduce(4, 4, 4), gloo::all_reduce(8, 4, 4), gloo::all_reduce(12, 4, 4), gloo::all_reduce(16, 4, 4)));
static_assert(of_call(3, cf::c10d::reduce_scatter_, std::tuple{shard{}}, four_shards{}, g, cf::sum).schedules == 4);
constexpr std::tuple coalesced{whole{}, cf::tensor<cf::f32, 20>{}};
static_assert(of_call(3, fun::reduce_scatter_tensor_coalesced, coalesced, cf::sum, 4, g) ==
              sum_of(3, gloo::all_reduce(256, 4, 4), gloo::all_reduce(80, 4, 4)));
static_assert(of_call(3, fun::reduce_scatter_tensor_coalesced, std::tuple{whole{}}, cf::sum, 4, g) ==
              sum_of(3, gloo::all_reduce(256, 4, 4)));

// Complex numbers go as pairs: the elements are the halves.
static_assert(of_call(1, cf::c10d::allreduce_, cf::tensor<cf::c64, 1>{}, g, cf::sum) == sum_of(1, gloo::all_reduce(8, 4, 4)));
static_assert(of_call(1, cf::c10d::allreduce_, cf::tensor<cf::c128, 1>{}, g, cf::sum) == sum_of(1, gloo::all_reduce(16, 4, 8)));
static_assert(of_call(1, cf::c10d::allreduce_, cf::tensor<cf::u8, 5>{}, g, cf::sum) == sum_of(1, gloo::all_reduce(5, 4, 1)));

static_assert(of_call(1, cf::c10d::reduce_, whole{}, g, cf::sum, 3, 0) == sum_of(1, gloo::reduce(256, 4, 4, 3)));
static_assert(of_call(1, cf::c10d::broadcast_, whole{}, g, 3, 0) == sum_of(1, gloo::broadcast(256, 4, 3)));

// The block of a rank, on the root and elsewhere.
static_assert(of_call(1, fun::all_gather_into_tensor, shard{}, 4, g) == sum_of(1, gloo::all_gather(64, 4)));
static_assert(of_call(1, cf::c10d::allgather_, four_shards{}, std::tuple{shard{}}, g) == sum_of(1, gloo::all_gather(64, 4)));
static_assert(of_call(1, cf::c10d::gather_, four_shards{}, std::tuple{shard{}}, g, 1) == sum_of(1, gloo::gather(64, 4, 1)));
static_assert(of_call(0, cf::c10d::gather_, std::tuple<>{}, std::tuple{shard{}}, g, 1) == sum_of(0, gloo::gather(64, 4, 1)));
static_assert(of_call(1, cf::c10d::scatter_, std::tuple{shard{}}, four_shards{}, g, 1) == sum_of(1, gloo::scatter(64, 4, 1)));
static_assert(of_call(0, cf::c10d::scatter_, std::tuple{shard{}}, std::tuple<>{}, g, 1) == sum_of(0, gloo::scatter(64, 4, 1)));

// DTensor that is sharded anew is gathered whole.
static_assert(of_call(1, cf::dtensor::shard_dim_alltoall, cf::tensor<cf::f32, 4, 4>{}, 0, 1, g) == sum_of(1, gloo::all_gather(64, 4)));

// Even splits say what all ranks do; uneven ones what this one does.
static_assert(of_call(1, cf::c10d::alltoall_base_, whole{}, whole{}, g, cf::even_split, cf::even_split) ==
              sum_of(1, gloo::all_to_all(64, 4)));
constexpr std::array to{1, 2, 3, 4}, from{2, 2, 2, 2};
constexpr auto exchange = [](auto& comm) { static_cast<void>(comm.call(fun::all_to_all_single, cf::tensor<cf::f32, 10>{}, from, to, g)); };
static_assert(of_step(exchange, 1) == all_traffic{{4 + 12 + 16, 8 * 3, 3, 3}, 1});

static_assert(of_call(1, cf::c10d::send, shard{}, g, 3, 0) == all_traffic{{64, 0, 1, 0}, 1} &&
              of_call(1, cf::c10d::recv_, shard{}, g, 3, 0) == all_traffic{{0, 64, 0, 1}, 1});
static_assert(of_call(1, cf::c10d::send, cf::tensor<cf::bf16, 8>{}, g, 3, 0) == all_traffic{{16, 0, 1, 0}, 1});
static_assert(of_call(1, cf::c10d::barrier, cf::tensor<cf::u8, 1>{}, g) == sum_of(1, gloo::barrier(4)));
static_assert(of_call(0, cf::c10d::monitored_barrier_, cf::tensor<cf::u8, 1>{}, g, std::array{0}, 1000, false) ==
              sum_of(0, gloo::monitored_barrier(4)));

// A wait is no call of gloo's.
static_assert(of(cf::call_record(fun::wait_tensor, "dp", 4, "", {}, {}), 0) == all_traffic{});

/// Whether a call has an answer for rank 1, and for all ranks at once.
template <auto Step>
constexpr bool answers_rank = is_a_constant<[] { return of_step(Step, 1); }>;
template <auto Step>
constexpr bool answers_all = is_a_constant<[] {
  auto const log = cf::log(Step);
  gloo::schedules_of(log.calls()[0], [](auto const& schedule) { static_cast<void>(schedule.ranks()); });
  return true;
}>;

// A collective means the same to all ranks; a send, a receive and uneven splits are of one.
static_assert(answers_all<[](auto& comm) { static_cast<void>(comm.call(fun::all_reduce, whole{}, cf::sum, g)); }>);
static_assert(answers_rank<exchange> && !answers_all<exchange>);
static_assert(!answers_all<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::send, shard{}, g, 3, 0)); }>);
static_assert(!answers_all<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::recv_, shard{}, g, 3, 0)); }>);

// gloo has no collective of these dtypes, nor of several; sends take any.
template <cf::dtype D>
constexpr auto reduces = [](auto& comm) { static_cast<void>(comm.call(cf::c10d::broadcast_, cf::tensor<D, 8>{}, g, 0, 0)); };
static_assert(answers_rank<reduces<cf::f32>> && answers_rank<reduces<cf::boolean>> && answers_rank<reduces<cf::i64>>);
static_assert(!answers_rank<reduces<cf::bf16>> && !answers_rank<reduces<cf::f16>> && !answers_rank<reduces<cf::i16>>);
static_assert(!answers_rank<reduces<cf::c32>> && !answers_rank<reduces<cf::u16>> && !answers_rank<reduces<cf::f8e4m3fn>>);
constexpr cf::call_summary mixed{fun::all_reduce_coalesced_t::name, cf::collective_kind::all_reduce, "dp", 4, {}, {8, 8, 8}, {}, {}};
static_assert(!is_a_constant<[] { return of(cf::call_record(mixed, ""), 0); }>);

// Several tensors, of an operator that takes one.
constexpr std::array<shard, 2> pair{};
static_assert(!answers_rank<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::allreduce_, pair, g, cf::sum)); }>);
static_assert(answers_rank<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::allreduce_coalesced_, pair, g, cf::sum)); }>);
static_assert(!answers_rank<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::send, pair, g, 3, 0)); }>);

// Blocks of different sizes.
constexpr std::tuple uneven_outputs{cf::tensor<cf::f32, 16>{}, cf::tensor<cf::f32, 16>{}, cf::tensor<cf::f32, 16>{},
                                    cf::tensor<cf::f32, 8>{}};
static_assert(!answers_rank<[](auto& comm) {
  static_cast<void>(comm.call(cf::c10d::allgather_, std::array{uneven_outputs}, std::tuple{shard{}}, g));
}>);
static_assert(!answers_rank<[](auto& comm) {
  static_cast<void>(comm.call(cf::c10d::gather_, std::array{uneven_outputs}, std::tuple{shard{}}, g, 1));
}>);
static_assert(!answers_rank<[](auto& comm) {
  static_cast<void>(comm.call(cf::c10d::scatter_, std::tuple{shard{}}, std::array{uneven_outputs}, g, 1));
}>);
// All outputs alike, and not like the input.
static_assert(!answers_rank<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::allgather_, four_shards{}, std::tuple{whole{}}, g)); }>);

// Records that do not hold enough.
static_assert(!answers_rank<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::recv_any_source_, shard{}, g, 0)); }>);
static_assert(!answers_rank<[](auto& comm) {
  static_cast<void>(
      comm.call(fun::batch_p2p_ops, std::array<std::string_view, 1>{"isend"}, std::array{3}, std::array{0}, std::tuple{shard{}}, g));
}>);
static_assert(!answers_rank<[](auto& comm) { static_cast<void>(comm.call(cf::c10d::gather_into_tensor_, shard{}, whole{}, g, 1)); }>);
constexpr cf::call_summary in_lists{
    cf::c10d::reduce_scatter_t::name, cf::collective_kind::reduce_scatter, "dp", 4, cf::f32, {64, 16, 64}, {}, {}};
static_assert(is_a_constant<[] { return of(cf::call_record(in_lists, ""), 0); }>);
static_assert(!is_a_constant<[] { return of(cf::call_record(in_lists, "", {{}, {}, false}), 0); }>);
constexpr cf::call_summary rootless{cf::c10d::broadcast_t::name, cf::collective_kind::broadcast, "dp", 4, cf::f32, {64, 64, 64}, {}, {}};
static_assert(!is_a_constant<[] { return of(cf::call_record(rootless, ""), 0); }>);

// A rank outside the group, a send to itself, an operator of somebody else.
static_assert(!is_a_constant<[] { return of_call(4, fun::all_reduce, whole{}, cf::sum, g); }>);
static_assert(!is_a_constant<[] { return of_call(3, cf::c10d::send, shard{}, g, 3, 0); }>);
constexpr cf::call_summary of_others{"mine::all_reduce", cf::collective_kind::all_reduce, "dp", 4, cf::f32, {64, 64, 64}, {}, {}};
static_assert(!is_a_constant<[] { return of(cf::call_record(of_others, ""), 0); }>);

}  // namespace
