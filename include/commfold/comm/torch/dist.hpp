// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/dist.hpp
/// `torch.distributed` over a communicator, under its own names: `comm.dist()`.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/rank_lists.hpp>
#include <commfold/comm/torch/as_real.hpp>
#include <commfold/comm/torch/coalescing.hpp>
#include <commfold/comm/torch/dist_nn.hpp>
#include <commfold/comm/torch/objects.hpp>
#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/reductions.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/op/table.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace commfold {

/// One operation of `dist().batch_isend_irecv`: PyTorch's `P2POp(dist.isend, tensor, peer, group)`.
template <tensor_like T, size_like Rank, any_group Group>
struct p2p_isend {
  T tensor;
  Rank dst;
  Group group;
};
template <class T, class Rank, class Group>
p2p_isend(T, Rank, Group) -> p2p_isend<T, Rank, Group>;

/// One operation of `dist().batch_isend_irecv`: PyTorch's `P2POp(dist.irecv, tensor, peer, group)`.
template <tensor_like T, size_like Rank, any_group Group>
struct p2p_irecv {
  T tensor;
  Rank src;
  Group group;
};
template <class T, class Rank, class Group>
p2p_irecv(T, Rank, Group) -> p2p_irecv<T, Rank, Group>;

namespace detail {

template <class T>
inline constexpr bool is_p2p_operation = false;
template <class T, class Rank, class Group>
inline constexpr bool is_p2p_operation<p2p_isend<T, Rank, Group>> = true;
template <class T, class Rank, class Group>
inline constexpr bool is_p2p_operation<p2p_irecv<T, Rank, Group>> = true;

// What PyTorch hands over for a list that only the root has, on the other ranks, and for the devices of a barrier.
inline constexpr std::tuple<> no_lists{};
inline constexpr std::array<int, 0> no_devices{};

// Calls that refuse more than the operators that they emit.
struct all_reduce_coalesced_call {
  COMMFOLD_OPERATOR("all_reduce_coalesced");
};
struct all_gather_coalesced_call {
  COMMFOLD_OPERATOR("all_gather_coalesced");
};

[[noreturn]] constexpr void fail_batch_of_groups(std::string_view one, std::string_view other) {
  fail<invalid_argument>("commfold::batch_isend_irecv", "the operations of one batch are over one group, not '{}' and '{}'", one, other);
}
template <any_group First, any_group Other>
constexpr void expect_same_group(First const& one, Other const& other) {
  if (one.name() != other.name() || std::size_t{one.size} != std::size_t{other.size}) fail_batch_of_groups(one.name(), other.name());
}

}  // namespace detail

/// The calls of `torch.distributed`, by its names and with its order of arguments. Each emits the operator that PyTorch's call emits.
/// Tensors that PyTorch writes into are arguments here too; a call changes no shape. What comes back is the work, as from PyTorch with
/// `async_op=True`. Lists are products or sequences of tensors. Ranks are ranks of the group, PyTorch's `group_src` and `group_dst`. Where
/// PyTorch hands complex tensors to the backend as pairs of real numbers, so do these calls.
/// ```cpp
/// auto const work = comm.dist().all_gather_into_tensor(full, shard, dp);
/// comm.dist().all_reduce(loss, cf::avg, dp);
/// work.wait();
/// ```
template <communicator Comm>
class dist_calls {
 public:
  constexpr explicit dist_calls(Comm& comm) : comm_(&comm) {}

  /// In place. Emits `c10d::allreduce_`.
  template <tensor_like T, any_group Group>
  constexpr auto all_reduce(T const& tensor, reduce_op op, Group const& group) const {
    // Of the complex numbers, not of their parts.
    if constexpr (detail::may_be_complex<T>()) detail::expect_reduction("commfold::all_reduce", op, dtype_of_tensor(tensor));
    return work(c10d::allreduce_, detail::list_of_one(detail::as_real(tensor)), group, op, std::nullopt);
  }

  /// In place. Emits `c10d::broadcast_`.
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto broadcast(T const& tensor, Rank const& src, Group const& group) const {
    return work(c10d::broadcast_, detail::list_of_one(tensor), group, src, 0);
  }

  /// In place, on rank `dst`. Emits `c10d::reduce_`.
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto reduce(T const& tensor, Rank const& dst, reduce_op op, Group const& group) const {
    return work(c10d::reduce_, detail::list_of_one(tensor), group, op, dst, 0);
  }

  /// Into a list with one tensor a rank, of any sizes. Emits `c10d::allgather_`.
  template <list_like List, tensor_like T, any_group Group>
  constexpr auto all_gather(List const& output_list, T const& tensor, Group const& group) const {
    return work(c10d::allgather_, detail::list_of_one(detail::as_real(output_list)), detail::list_of_one(detail::as_real(tensor)), group);
  }

  /// Into one tensor, which has the group's size times the elements. Emits `c10d::_allgather_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr auto all_gather_into_tensor(Out const& output, In const& input, Group const& group) const {
    return work(c10d::_allgather_base_, detail::as_real(output), detail::as_real(input), group);
  }

  /// From a list with one tensor a rank. Emits `c10d::reduce_scatter_`.
  template <tensor_like Out, list_like List, any_group Group>
  constexpr auto reduce_scatter(Out const& output, List const& input_list, reduce_op op, Group const& group) const {
    return work(c10d::reduce_scatter_, detail::list_of_one(output), detail::list_of_one(input_list), group, op);
  }

  /// From one tensor, which has the group's size times the elements. Emits `c10d::_reduce_scatter_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr auto reduce_scatter_tensor(Out const& output, In const& input, reduce_op op, Group const& group) const {
    return work(c10d::_reduce_scatter_base_, output, input, group, op);
  }

  /// On rank `dst`, into a list with one tensor a rank; on the others, which have no list, without it. Emits `c10d::gather_`.
  template <tensor_like T, list_like List, size_like Rank, any_group Group>
  constexpr auto gather(T const& tensor, List const& gather_list, Rank const& dst, Group const& group) const {
    return work(c10d::gather_, detail::list_of_one(gather_list), detail::list_of_one(tensor), group, dst);
  }
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto gather(T const& tensor, Rank const& dst, Group const& group) const {
    return work(c10d::gather_, detail::no_lists, detail::list_of_one(tensor), group, dst);
  }

  /// Into one tensor on rank `dst`, which has the group's size times the elements. Emits `c10d::gather_into_tensor_`.
  template <tensor_like In, tensor_like Out, size_like Rank, any_group Group>
  constexpr auto gather_single(In const& input, Out const& output, Rank const& dst, Group const& group) const {
    return work(c10d::gather_into_tensor_, input, output, group, dst);
  }

  /// On rank `src`, from a list with one tensor a rank; on the others, which have no list, without it. Emits `c10d::scatter_`.
  template <tensor_like T, list_like List, size_like Rank, any_group Group>
  constexpr auto scatter(T const& tensor, List const& scatter_list, Rank const& src, Group const& group) const {
    return work(c10d::scatter_, detail::list_of_one(detail::as_real(tensor)), detail::list_of_one(detail::as_real(scatter_list)), group,
                src);
  }
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto scatter(T const& tensor, Rank const& src, Group const& group) const {
    return work(c10d::scatter_, detail::list_of_one(detail::as_real(tensor)), detail::no_lists, group, src);
  }

  /// Lists with one tensor a rank, of any sizes. Emits `c10d::alltoall_`.
  template <list_like Out, list_like In, any_group Group>
  constexpr auto all_to_all(Out const& output_list, In const& input_list, Group const& group) const {
    return work(c10d::alltoall_, detail::as_real(output_list), detail::as_real(input_list), group);
  }

  /// Block i of dimension 0 to rank i: blocks of one size, or of the sizes in ranges with one a rank. Emits `c10d::alltoall_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr auto all_to_all_single(Out const& output, In const& input, Group const& group) const {
    return all_to_all_single(output, input, even_split, even_split, group);
  }
  template <tensor_like Out, tensor_like In, class OutSizes, class InSizes, any_group Group>
  constexpr auto all_to_all_single(Out const& output, In const& input, OutSizes const& output_split_sizes, InSizes const& input_split_sizes,
                                   Group const& group) const {
    return work(c10d::alltoall_base_, detail::as_real(output), detail::as_real(input), group, output_split_sizes, input_split_sizes);
  }

  /// To rank `dst`. Emit `c10d::send`.
  template <tensor_like T, size_like Rank, any_group Group, size_like Tag = int>
  constexpr auto send(T const& tensor, Rank const& dst, Group const& group, Tag const& tag = 0) const {
    return work(c10d::send, detail::list_of_one(tensor), group, dst, tag);
  }
  template <tensor_like T, size_like Rank, any_group Group, size_like Tag = int>
  constexpr auto isend(T const& tensor, Rank const& dst, Group const& group, Tag const& tag = 0) const {
    return send(tensor, dst, group, tag);
  }

  /// From rank `src`. Emit `c10d::recv_`.
  template <tensor_like T, size_like Rank, any_group Group, size_like Tag = int>
  constexpr auto recv(T const& tensor, Rank const& src, Group const& group, Tag const& tag = 0) const {
    return work(c10d::recv_, detail::list_of_one(tensor), group, src, tag);
  }
  template <tensor_like T, size_like Rank, any_group Group, size_like Tag = int>
  constexpr auto irecv(T const& tensor, Rank const& src, Group const& group, Tag const& tag = 0) const {
    return recv(tensor, src, group, tag);
  }

  /// From whichever rank sends first. Emit `c10d::recv_any_source_`.
  template <tensor_like T, any_group Group, size_like Tag = int>
  constexpr auto recv(T const& tensor, Group const& group, Tag const& tag = 0) const {
    return work(c10d::recv_any_source_, detail::list_of_one(tensor), group, tag);
  }
  template <tensor_like T, any_group Group, size_like Tag = int>
  constexpr auto irecv(T const& tensor, Group const& group, Tag const& tag = 0) const {
    return recv(tensor, group, tag);
  }

  /// batch_isend_irecv(p2p_isend{t, 1, pp}, p2p_irecv{u, 3, pp}, ...): their works, in order. Emits a `c10d::send` or `c10d::recv_` for
  /// each, as a loop over `isend` and `irecv` does.
  template <class First, class... Others>
    requires(detail::is_p2p_operation<First> && (... && detail::is_p2p_operation<Others>))
  constexpr auto batch_isend_irecv(First const& first, Others const&... others) const {
    (detail::expect_same_group(first.group, others.group), ...);
    // Braces promise that the calls are made from left to right.
    return std::tuple<decltype(start(first)), decltype(start(others))...>{start(first), start(others)...};
  }

  /// Carries nothing. Emits `c10d::barrier`.
  template <any_group Group>
  constexpr auto barrier(Group const& group) const {
    return work(c10d::barrier, tensor<u8, 1>{}, group, detail::no_devices);
  }
  /// Carries nothing, and has no work. Emits `c10d::monitored_barrier_`, with PyTorch's timeout of half an hour.
  template <any_group Group>
  constexpr void monitored_barrier(Group const& group) const {
    comm_->call(c10d::monitored_barrier_, tensor<f32, 0>{}, group, detail::no_devices, 1'800'000, false);
  }

  /// In place, one call for all tensors of a list, which have one dtype. Emits `c10d::allreduce_coalesced_`.
  template <list_like List, any_group Group>
  constexpr auto all_reduce_coalesced(List const& tensors, reduce_op op, Group const& group) const {
    using named = detail::all_reduce_coalesced_call;
    detail::expect_reduction(named::verb, op, detail::expect_one_dtype<named>(tensors));
    if constexpr (detail::known_to_mix_dtypes<List>)
      return work(c10d::allreduce_coalesced_, detail::no_lists, group, op);  // refused above, and only there
    else
      return work(c10d::allreduce_coalesced_, detail::as_real(tensors), group, op);
  }

  /// One call for all tensors of a list, which have one dtype; `output_lists[i]` is what rank i gave. Emits `c10d::allgather_coalesced_`.
  template <list_like Lists, list_like List, any_group Group>
  constexpr auto all_gather_coalesced(Lists const& output_lists, List const& input_list, Group const& group) const {
    detail::expect_one_dtype<detail::all_gather_coalesced_call>(output_lists, input_list);
    if constexpr (detail::known_to_mix_dtypes<Lists, List>)
      return work(c10d::allreduce_coalesced_, detail::no_lists, group, sum);  // refused above, and only there
    else
      return work(c10d::allgather_coalesced_, detail::as_real(output_lists), detail::as_real(input_list), group);
  }

  /// coalescing(group, [&](auto& batch) { batch.all_reduce(t, sum); … }): makes the calls of the body as one, PyTorch's
  /// `_coalescing_manager`. Returns an optional of its work, empty where there was no call. Emits `c10d::allreduce_coalesced_`,
  /// `c10d::allgather_into_tensor_coalesced_` or `c10d::reduce_scatter_tensor_coalesced_`.
  template <any_group Group, class Body, class Batch = coalesced_calls>
  constexpr auto coalescing(Group const& group, Body&& body) const {
    Batch batch;
    std::forward<Body>(body)(batch);
    return batch.make(*comm_, group);
  }

  // Objects. Given is how many bytes they are serialized to: of one object a rank the `largest`, since PyTorch pads to it; of a list of
  // objects a range of their sizes. all_gather_object and broadcast_object_list follow a measurement, the others PyTorch's source.

  /// Emits `c10d::allgather_` of the sizes, and again of the bytes.
  template <size_like N, any_group Group>
  constexpr void all_gather_object(N const& largest, Group const& group) const {
    constexpr char const* verb = "commfold::all_gather_object";
    auto const bytes = detail::serialized(verb, largest);
    all_gather(detail::parts_of_a_buffer(verb, tensor<i64, 1>{}, group), tensor<i64, 1>{}, group);
    all_gather(detail::parts_of_a_buffer(verb, bytes, group), bytes, group);
  }

  /// As rank `dst` sees it. Emits `c10d::allgather_` of the sizes and `c10d::gather_` of the bytes.
  template <size_like N, size_like Rank, any_group Group>
  constexpr void gather_object(N const& largest, Rank const& dst, Group const& group) const {
    detail::expect_member<c10d::gather_t>("dst", dst, group);  // before anything is called
    constexpr char const* verb = "commfold::gather_object";
    auto const bytes = detail::serialized(verb, largest);
    all_gather(detail::parts_of_a_buffer(verb, tensor<i64, 1>{}, group), tensor<i64, 1>{}, group);
    gather(bytes, detail::parts_of_a_buffer(verb, bytes, group), dst, group);
  }

  /// As rank `src` sees it. Emits `c10d::broadcast_` of the largest size, and `c10d::scatter_` of the bytes and of the sizes.
  template <size_like N, size_like Rank, any_group Group>
  constexpr void scatter_object_list(N const& largest, Rank const& src, Group const& group) const {
    constexpr char const* verb = "commfold::scatter_object_list";
    auto const bytes = detail::serialized(verb, largest);
    broadcast(tensor<i64, 1>{}, src, group);
    scatter(bytes, detail::one_a_rank(bytes, group), src, group);
    scatter(tensor<i64, 1>{}, detail::one_a_rank(tensor<i64, 1>{}, group), src, group);
  }

  /// Emits `c10d::broadcast_` of the sizes, and again of the bytes of all.
  template <split_sizes Sizes, size_like Rank, any_group Group>
  constexpr void broadcast_object_list(Sizes const& sizes, Rank const& src, Group const& group) const {
    constexpr char const* verb = "commfold::broadcast_object_list";
    auto const bytes = detail::serialized(verb, sizes);
    broadcast(tensor<i64, dyn>(std::size(sizes)), src, group);
    broadcast(bytes, src, group);
  }

  /// Emit `c10d::send` and `c10d::recv_` of the sizes, and again of the bytes of all.
  template <split_sizes Sizes, size_like Rank, any_group Group>
  constexpr void send_object_list(Sizes const& sizes, Rank const& dst, Group const& group) const {
    constexpr char const* verb = "commfold::send_object_list";
    auto const bytes = detail::serialized(verb, sizes);
    send(tensor<i64, dyn>(std::size(sizes)), dst, group);
    send(bytes, dst, group);
  }
  template <split_sizes Sizes, size_like Rank, any_group Group>
  constexpr void recv_object_list(Sizes const& sizes, Rank const& src, Group const& group) const {
    constexpr char const* verb = "commfold::recv_object_list";
    auto const bytes = detail::serialized(verb, sizes);
    recv(tensor<i64, dyn>(std::size(sizes)), src, group);
    recv(bytes, src, group);
  }

  /// The differentiable calls, PyTorch's `torch.distributed.nn.functional`.
  [[nodiscard]] constexpr auto nn() const { return dist_nn_calls(*this); }

 private:
  /// Makes a call and returns its work, without the tensors that some operators return beside it.
  template <operator_row Op, class... Args>
  constexpr auto work(Op op, Args const&... args) const {
    if constexpr (returns_of<Op> == returns::work)
      return comm_->call(op, args...);
    else
      return std::get<1>(comm_->call(op, args...));
  }

  template <class T, class Rank, class Group>
  constexpr auto start(p2p_isend<T, Rank, Group> const& one) const {
    return isend(one.tensor, one.dst, one.group);
  }
  template <class T, class Rank, class Group>
  constexpr auto start(p2p_irecv<T, Rank, Group> const& one) const {
    return irecv(one.tensor, one.src, one.group);
  }

  Comm* comm_;
};

}  // namespace commfold
