// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/calls.hpp
/// What PyTorch runs on gloo for a recorded call.

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/gloo/all_gather.hpp>
#include <commfold/wire/gloo/all_reduce.hpp>
#include <commfold/wire/gloo/all_to_all.hpp>
#include <commfold/wire/gloo/barrier.hpp>
#include <commfold/wire/gloo/broadcast.hpp>
#include <commfold/wire/gloo/gather.hpp>
#include <commfold/wire/gloo/point_to_point.hpp>
#include <commfold/wire/gloo/reduce.hpp>
#include <commfold/wire/gloo/scatter.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace commfold::gloo {
namespace detail {

using std::string_view_literals::operator""sv;

/// What gloo runs for an operator.
enum class run : unsigned char {
  nothing,
  all_reduce,            ///< of the whole message
  all_reduce_of_blocks,  ///< one of each rank's block
  all_reduce_of_tensors,
  reduce,
  all_gather,
  reshard,  ///< an all_gather, of which each rank keeps its part
  broadcast,
  gather,
  scatter,
  all_to_all,
  barrier,
  monitored_barrier,
  send,
  recv,
  recv_of_any,
  batch,
  unknown,
};

struct operator_run {
  std::string_view op;
  collective_kind kind;
  run what;
  bool takes_several = false;  ///< whether its list may have more than one entry: the tensors of a coalesced call, or one a rank
};

// As measured; the operators without a measured call are `unknown`.
inline constexpr operator_run operator_runs[] = {
    {"_c10d_functional::all_reduce"sv, collective_kind::all_reduce, run::all_reduce},
    {"_c10d_functional::all_reduce_"sv, collective_kind::all_reduce, run::all_reduce},
    {"_c10d_functional::all_reduce_coalesced"sv, collective_kind::all_reduce, run::all_reduce, true},
    {"_c10d_functional::all_reduce_coalesced_"sv, collective_kind::all_reduce, run::all_reduce, true},
    {"c10d::allreduce_"sv, collective_kind::all_reduce, run::all_reduce},
    {"c10d::allreduce_coalesced_"sv, collective_kind::all_reduce, run::all_reduce, true},
    {"_c10d_functional::all_gather_into_tensor"sv, collective_kind::all_gather, run::all_gather},
    {"_c10d_functional::all_gather_into_tensor_out"sv, collective_kind::all_gather, run::all_gather},
    {"_c10d_functional::all_gather_into_tensor_coalesced"sv, collective_kind::all_gather, run::all_gather, true},
    {"_c10d_functional_autograd::all_gather_into_tensor"sv, collective_kind::all_gather, run::all_gather},
    {"c10d::allgather_"sv, collective_kind::all_gather, run::all_gather},
    {"c10d::_allgather_base_"sv, collective_kind::all_gather, run::all_gather},
    {"c10d::allgather_coalesced_"sv, collective_kind::all_gather, run::all_gather, true},
    {"c10d::allgather_into_tensor_coalesced_"sv, collective_kind::all_gather, run::all_gather, true},
    {"_c10d_functional::reduce_scatter_tensor"sv, collective_kind::reduce_scatter, run::all_reduce},
    {"_c10d_functional::reduce_scatter_tensor_out"sv, collective_kind::reduce_scatter, run::all_reduce},
    {"_c10d_functional::reduce_scatter_tensor_coalesced"sv, collective_kind::reduce_scatter, run::all_reduce_of_tensors, true},
    {"_c10d_functional_autograd::reduce_scatter_tensor"sv, collective_kind::reduce_scatter, run::all_reduce},
    {"c10d::reduce_scatter_"sv, collective_kind::reduce_scatter, run::all_reduce_of_blocks},
    {"c10d::_reduce_scatter_base_"sv, collective_kind::reduce_scatter, run::all_reduce},
    {"c10d::reduce_scatter_tensor_coalesced_"sv, collective_kind::reduce_scatter, run::all_reduce_of_tensors, true},
    {"_c10d_functional::broadcast"sv, collective_kind::broadcast, run::broadcast},
    {"_c10d_functional::broadcast_"sv, collective_kind::broadcast, run::broadcast},
    {"c10d::broadcast_"sv, collective_kind::broadcast, run::broadcast},
    {"c10d::reduce_"sv, collective_kind::reduce, run::reduce},
    {"c10d::gather_"sv, collective_kind::gather, run::gather},
    {"c10d::gather_into_tensor_"sv, collective_kind::gather, run::unknown},
    {"c10d::scatter_"sv, collective_kind::scatter, run::scatter},
    {"_c10d_functional::all_to_all_single"sv, collective_kind::all_to_all, run::all_to_all},
    {"_c10d_functional_autograd::all_to_all_single"sv, collective_kind::all_to_all, run::all_to_all},
    {"_dtensor::shard_dim_alltoall"sv, collective_kind::all_to_all, run::reshard},
    {"c10d::alltoall_"sv, collective_kind::all_to_all, run::all_to_all, true},
    {"c10d::alltoall_base_"sv, collective_kind::all_to_all, run::all_to_all},
    {"_c10d_functional::isend"sv, collective_kind::send, run::send},
    {"c10d::send"sv, collective_kind::send, run::send},
    {"_c10d_functional::irecv"sv, collective_kind::recv, run::recv},
    {"c10d::recv_"sv, collective_kind::recv, run::recv},
    {"c10d::recv_any_source_"sv, collective_kind::recv, run::recv_of_any},
    {"_c10d_functional::batch_p2p_ops"sv, collective_kind::send_recv, run::batch},
    {"c10d::barrier"sv, collective_kind::barrier, run::barrier},
    {"c10d::monitored_barrier_"sv, collective_kind::barrier, run::monitored_barrier},
    {"_c10d_functional::wait_tensor"sv, collective_kind::wait, run::nothing},
};

inline constexpr char const* calls_verb = "commfold::gloo::schedules_of";

constexpr run run_of(call_record const& call) {
  for (operator_run const& known : operator_runs) {
    if (known.kind != call.kind() || known.op != call.op() || known.what == run::unknown) continue;
    if (call.several() && !known.takes_several)
      fail<invalid_argument>(calls_verb, "gloo runs {} over one tensor, and the call has several", call.op());
    return known.what;
  }
  fail<invalid_argument>(calls_verb, "what gloo runs for {} was not measured", call.op());
}

/// The bytes of the elements that a collective of gloo reduces or moves; complex numbers go as pairs of real ones.
constexpr std::size_t element_of(call_record const& call) {
  if (!call.dtype())
    fail<invalid_argument>(calls_verb, "gloo runs {} over tensors of one dtype, and the call has none or several", call.op());
  dtype const d = *call.dtype();
  if (d == dtype::boolean || d == dtype::int8 || d == dtype::uint8) return 1;
  if (d == dtype::int32 || d == dtype::float32 || d == dtype::complex64) return 4;
  if (d == dtype::int64 || d == dtype::float64 || d == dtype::complex128) return 8;
  fail<invalid_argument>(calls_verb, "gloo as PyTorch builds it has no {} of {}", call.op(), name(d));
}

constexpr void expect_dtype(call_record const& call) { static_cast<void>(element_of(call)); }

constexpr std::size_t root_of(call_record const& call) {
  if (!call.root()) fail<invalid_argument>(calls_verb, "a record of {} has no root", call.op());
  return *call.root();
}

constexpr void expect_parts(call_record const& call) {
  if (call.parts() == parts_state::not_kept)
    fail<invalid_argument>(calls_verb, "a record of {} does not hold its parts, which are not even; a larger ledger keeps them", call.op());
}

/// The block of each rank, where gloo has no blocks of different sizes. `own` is that of this rank.
constexpr std::size_t equal_block(call_record const& call, std::size_t own) {
  expect_parts(call);
  if (call.parts() != parts_state::even || checked_multiply(own, call.group_size(), calls_verb) != call.bytes().message_bytes)
    fail<invalid_argument>(calls_verb, "gloo refuses {} over {} with blocks of different sizes", call.op(), call.group());
  return own;
}

/// The blocks of one side of a call, in the order of the ranks.
constexpr wire::blocks blocks_of(call_record const& call, std::size_t all, bytes_by_rank parts) {
  expect_parts(call);
  std::size_t const ranks = call.group_size();
  if (!parts.empty()) return wire::blocks::of(parts);
  if (ranks == 0 || all % ranks != 0)
    fail<invalid_argument>(calls_verb, "{} B of {} do not divide into equal blocks of {} ranks", all, call.op(), ranks);
  return wire::blocks::equal(all / ranks, ranks);
}

class schedules_of_fn {
 public:
  template <class Use>
  constexpr void operator()(call_record const& call, Use&& use) const {
    each(call, std::nullopt, use);
  }
  template <class Use>
  constexpr void operator()(call_record const& call, std::size_t rank, Use&& use) const {
    if (rank >= call.group_size()) fail<invalid_argument>(calls_verb, "rank {} is outside a group of {} ranks", rank, call.group_size());
    each(call, rank, use);
  }

 private:
  template <class Use>
  static constexpr void each(call_record const& call, std::optional<std::size_t> rank, Use& use) {
    std::size_t const ranks = call.group_size();
    call_bytes const bytes = call.bytes();
    switch (run_of(call)) {
      case run::nothing:
        return;
      case run::all_reduce:
        return use(all_reduce(bytes.message_bytes, ranks, element_of(call)));
      case run::all_reduce_of_blocks: {
        std::size_t const element = element_of(call);
        wire::blocks const blocks = blocks_of(call, bytes.input_bytes, call.input_parts());
        for (std::size_t of = 0; of != ranks; ++of) use(all_reduce(blocks[of], ranks, element));
        return;
      }
      case run::all_reduce_of_tensors: {
        std::size_t const element = element_of(call);
        expect_parts(call);
        bytes_by_rank const tensors = call.tensor_parts();
        if (tensors.empty()) return use(all_reduce(bytes.input_bytes, ranks, element));
        for (std::size_t const tensor : tensors) use(all_reduce(tensor, ranks, element));
        return;
      }
      case run::reduce:
        return use(reduce(bytes.message_bytes, ranks, element_of(call), root_of(call)));
      case run::all_gather:
        expect_dtype(call);
        return use(all_gather(equal_block(call, bytes.input_bytes), ranks));
      case run::reshard:
        expect_dtype(call);
        return use(all_gather(bytes.input_bytes, ranks));
      case run::broadcast:
        expect_dtype(call);
        return use(broadcast(bytes.message_bytes, ranks, root_of(call)));
      case run::gather:
        expect_dtype(call);
        return use(gather(equal_block(call, bytes.input_bytes), ranks, root_of(call)));
      case run::scatter:
        expect_dtype(call);
        return use(scatter(equal_block(call, bytes.output_bytes), ranks, root_of(call)));
      case run::all_to_all:
        expect_dtype(call);
        return exchange(call, rank, use);
      case run::barrier:
        return use(barrier(ranks));
      case run::monitored_barrier:
        return use(monitored_barrier(ranks));
      case run::send:
        return use(side(call, rank, true));
      case run::recv:
        return use(side(call, rank, false));
      case run::recv_of_any:
        fail<invalid_argument>(calls_verb, "a record of {} does not say who sends", call.op());
      case run::batch:
        fail<invalid_argument>(calls_verb, "a record of {} does not say how many messages go to each peer; call send and recv_ instead",
                               call.op());
      case run::unknown:
        return;
    }
  }

  template <class Use>
  static constexpr void exchange(call_record const& call, std::optional<std::size_t> rank, Use& use) {
    call_bytes const bytes = call.bytes();
    wire::blocks const to = blocks_of(call, bytes.input_bytes, call.input_parts());
    wire::blocks const from = blocks_of(call, bytes.output_bytes, call.output_parts());
    if (call.parts() == parts_state::even && bytes.input_bytes == bytes.output_bytes) return use(all_to_all(to[0], call.group_size()));
    if (!rank)
      fail<invalid_argument>(calls_verb, "{} has uneven splits, of one rank: say of which, schedules_of(call, rank, use)", call.op());
    use(all_to_all_of_rank(to, from, *rank));
  }

  static constexpr side_of_rank side(call_record const& call, std::optional<std::size_t> rank, bool sends) {
    if (!rank) fail<invalid_argument>(calls_verb, "{} is a call of one rank: say of which, schedules_of(call, rank, use)", call.op());
    if (!call.peer()) fail<invalid_argument>(calls_verb, "a record of {} has no peer", call.op());
    std::size_t const from = sends ? *rank : *call.peer();
    std::size_t const to = sends ? *call.peer() : *rank;
    return {point_to_point(call.bytes().message_bytes, call.group_size(), from, to), *rank};
  }
};

}  // namespace detail

/// schedules_of(call, use), schedules_of(call, rank, use): calls use(schedule) for each schedule that PyTorch runs on gloo for a recorded
/// call, one after the other. With a rank the record is that of this rank of the group; without, it is that of every rank.
///
/// Not what one expects of other libraries: `reduce_scatter_tensor` is one all_reduce of the whole input, of which each rank keeps its
/// part, and a reduce_scatter of lists is one all_reduce a block; a coalesced all_reduce or all_gather is one over all tensors together; a
/// DTensor that is sharded anew is gathered whole. Source: PyTorch 2.14, ProcessGroupGloo.cpp; measured over libgloo d97133a.
///
/// Refused with `invalid_argument`, since there is no exact answer: collectives of a dtype that PyTorch's build of gloo refuses (bfloat16,
/// float16, int16 and all that are not float32, float64, int8, uint8, bool, int32, int64 or complex of such), or of several dtypes;
/// several tensors where the operator is not a coalesced one: PyTorch makes one call a tensor; all_gather, gather and scatter of blocks of
/// different sizes; an operator whose call was not measured; without a rank, a send, a receive and an all_to_all of uneven splits, whose
/// schedules answer for the rank of the record alone; and records that do not hold enough: of parts that were not kept, of a receive from
/// any source, of a batch of sends and receives.
inline constexpr detail::schedules_of_fn schedules_of{};

}  // namespace commfold::gloo
