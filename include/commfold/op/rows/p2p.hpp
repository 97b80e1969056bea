// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/p2p.hpp
/// Sends and receives, from one rank to another. The message is the tensors that are sent or received.

#include <commfold/group/process_group.hpp>
#include <commfold/op/batch.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <array>  // std::begin, without the streams of <iterator>
#include <string_view>

namespace commfold::c10d {

/// send(tensors, process_group, dst, tag): this rank's tensors to rank dst of the group. A dst outside the group is refused.
struct send_t : op<send_t> {
  COMMFOLD_OPERATOR("c10d::send");
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int dst, int tag) -> Work"sv;
  static constexpr auto kind = collective_kind::send;
  static constexpr call_rules rules{
      .group = arg(1), .counts = arg(0), .input = arg(0), .message = arg(0), .aliases = arg(0), .peer = arg(2)};
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, size_like auto const& dst, auto const&...) {
    detail::expect_member<send_t>("dst", dst, ranks);
    return tensors;
  }
};

/// recv_(tensors, process_group, src, tag): into these tensors from rank src of the group. A src outside the group is refused.
struct recv_t : op<recv_t> {
  COMMFOLD_OPERATOR("c10d::recv_");
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int src, int tag) -> Work"sv;
  static constexpr auto kind = collective_kind::recv;
  static constexpr call_rules rules{
      .group = arg(1), .counts = arg(0), .output = arg(0), .message = arg(0), .aliases = arg(0), .peer = arg(2)};
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, size_like auto const& src, auto const&...) {
    detail::expect_member<recv_t>("src", src, ranks);
    return tensors;
  }
};

/// recv_any_source_(tensors, process_group, tag): into these tensors from whichever rank sends first.
struct recv_any_source_t : op<recv_any_source_t> {
  COMMFOLD_OPERATOR("c10d::recv_any_source_");
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int tag) -> Work"sv;
  static constexpr auto kind = collective_kind::recv;
  static constexpr call_rules rules{.group = arg(1), .counts = arg(0), .output = arg(0), .message = arg(0), .aliases = arg(0)};
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const&, auto const&...) { return tensors; }
};

inline constexpr send_t send{};
inline constexpr recv_t recv_{};
inline constexpr recv_any_source_t recv_any_source_{};

}  // namespace commfold::c10d

namespace commfold::detail {

/// What a send returns: a tensor without elements, to be waited for.
struct nothing_received {
  template <tensor_like T>
  static constexpr auto of(T const& t) {
    if constexpr (static_dtype_tensor<T>)
      return tensor<traits_of<T>::dtype, 0>();
    else
      return dynamic_tensor(dtype_of_tensor(t), {0});
  }
};

}  // namespace commfold::detail

// These return tensors, not works: PyTorch's table lists `isend` and `irecv` among those that return a work, and then fails to find one.
namespace commfold::c10d_functional {

/// isend(tensor, dst, tag, group): the tensor to rank dst of the group. Returns a tensor without elements.
struct isend_t : op<isend_t> {
  COMMFOLD_OPERATOR("_c10d_functional::isend");
  static constexpr std::string_view schema = "(Tensor tensor, int dst, int tag, str group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::send;
  static constexpr call_rules rules{.group = arg(3), .counts = arg(0), .input = arg(0), .message = arg(0), .peer = arg(1)};
  static constexpr auto infer(tensor_like auto const& tensor, size_like auto const& dst, size_like auto const&,
                              any_group auto const& ranks) {
    detail::expect_member<isend_t>("dst", dst, ranks);
    return detail::nothing_received::of(tensor);
  }
};

/// irecv(tensor, src, tag, group): a tensor like this one from rank src of the group.
struct irecv_t : op<irecv_t> {
  COMMFOLD_OPERATOR("_c10d_functional::irecv");
  static constexpr std::string_view schema = "(Tensor tensor, int src, int tag, str group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::recv;
  static constexpr call_rules rules{.group = arg(3), .counts = arg(0), .output = result, .message = arg(0), .peer = arg(1)};
  static constexpr auto infer(tensor_like auto const& tensor, size_like auto const& src, size_like auto const&,
                              any_group auto const& ranks) {
    detail::expect_member<irecv_t>("src", src, ranks);
    return detail::same_shape::of(tensor);
  }
};

/// batch_p2p_ops(op_list, peer_list, tag_list, tensors, group): sends and receives in one call; op_list is a range of "isend" and "irecv".
/// PyTorch's `comm_tensor_size` counts the receives beside the sends; the payload tells them apart: the input is what is sent, the output
/// what is received, the message both. Returns, as `dynamic_tensor`s, the tensors received into, and one without elements for each send.
/// Refused: lists of different lengths, another operation, a peer outside the group.
struct batch_p2p_ops_t : op<batch_p2p_ops_t> {
  COMMFOLD_OPERATOR("_c10d_functional::batch_p2p_ops");
  static constexpr std::string_view schema =
      "(str[] op_list, int[] peer_list, int[] tag_list, Tensor[] tensors, str group_name) -> Tensor[]"sv;
  static constexpr auto kind = collective_kind::send_recv;
  static constexpr call_rules rules{.group = arg(4),
                                    .counts = arg(3),
                                    .input = sends(arg(3)),
                                    .output = receives(arg(3)),
                                    .message = arg(3),
                                    .input_by_rank = to_peers(arg(3)),
                                    .output_by_rank = from_peers(arg(3)),
                                    .aliases = arg(3)};
  static constexpr auto infer(detail::range_of_names auto const& op_list, detail::range_of_integers auto const& peer_list,
                              detail::range_of_integers auto const& tag_list, tensor_list auto const& tensors,
                              any_group auto const& ranks) {
    detail::expect_batch<batch_p2p_ops_t>(op_list, peer_list, tag_list, tensors);
    for (auto const& peer : peer_list) detail::expect_member<batch_p2p_ops_t>("a peer", peer, ranks);
    auto operation = std::begin(op_list);
    auto made_of = [&](auto const& t) {
      return detail::is_receive(verb, std::string_view(*operation++)) ? dynamic_tensor(t) : dynamic_tensor(detail::nothing_received::of(t));
    };
    return tree_map_only(is_tensor, made_of, tensors);
  }
};

inline constexpr isend_t isend{};
inline constexpr irecv_t irecv{};
inline constexpr batch_p2p_ops_t batch_p2p_ops{};

}  // namespace commfold::c10d_functional
