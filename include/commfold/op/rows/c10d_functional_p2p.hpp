// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_functional_p2p.hpp
/// The operators of `torch.ops._c10d_functional` from one rank to another. They return tensors, not works: PyTorch's table lists `isend`
/// and `irecv` among those that return a work, and then fails to find one.

#include <commfold/group/process_group.hpp>
#include <commfold/op/batch.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <iterator>
#include <string_view>

namespace commfold {
namespace detail {

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

}  // namespace detail
}  // namespace commfold

namespace commfold::c10d_functional {

/// isend(tensor, dst, tag, group): the tensor to rank dst of the group. Returns a tensor without elements.
struct isend_t : op<isend_t> {
  static constexpr std::string_view name = "_c10d_functional::isend"sv;
  static constexpr std::string_view schema = "(Tensor tensor, int dst, int tag, str group_name) -> Tensor"sv;
  using group = arg<3>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = nothing;
  using message = arg<0>;
  static constexpr auto infer(tensor_like auto const& tensor, size_like auto const& dst, size_like auto const&,
                              any_group auto const& ranks) {
    detail::expect_member("commfold::isend", "dst", dst, ranks);
    return detail::nothing_received::of(tensor);
  }
};

/// irecv(tensor, src, tag, group): a tensor like this one from rank src of the group.
struct irecv_t : op<irecv_t> {
  static constexpr std::string_view name = "_c10d_functional::irecv"sv;
  static constexpr std::string_view schema = "(Tensor tensor, int src, int tag, str group_name) -> Tensor"sv;
  using group = arg<3>;
  using counts = arg<0>;
  using input = nothing;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(tensor_like auto const& tensor, size_like auto const& src, size_like auto const&,
                              any_group auto const& ranks) {
    detail::expect_member("commfold::irecv", "src", src, ranks);
    return detail::same_shape::of(tensor);
  }
};

/// batch_p2p_ops(op_list, peer_list, tag_list, tensors, group): sends and receives in one call; op_list is a range of "isend" and "irecv".
/// PyTorch's `comm_tensor_size` counts the receives beside the sends; the payload tells them apart: the input is what is sent, the output
/// what is received, the message both. Returns, as `dynamic_tensor`s, the tensors received into, and one without elements for each send.
/// Refused: lists of different lengths, another operation, a peer outside the group.
struct batch_p2p_ops_t : op<batch_p2p_ops_t> {
  static constexpr std::string_view name = "_c10d_functional::batch_p2p_ops"sv;
  static constexpr std::string_view schema =
      "(str[] op_list, int[] peer_list, int[] tag_list, Tensor[] tensors, str group_name) -> Tensor[]"sv;
  using group = arg<4>;
  using counts = arg<3>;
  using input = batched<"isend">;
  using output = batched<"irecv">;
  using message = arg<3>;
  using input_by_rank = to_peers<"isend">;
  using output_by_rank = to_peers<"irecv">;
  using aliases = arg<3>;
  static constexpr auto infer(detail::range_of_names auto const& op_list, detail::range_of_integers auto const& peer_list,
                              detail::range_of_integers auto const& tag_list, tensor_list auto const& tensors,
                              any_group auto const& ranks) {
    detail::expect_batch(op_list, peer_list, tag_list, tensors);
    for (auto const& peer : peer_list) detail::expect_member("commfold::batch_p2p_ops", "a peer", peer, ranks);
    auto operation = std::begin(op_list);
    return tree_map_only(
        is_tensor,
        [&](auto const& t) {
          return detail::is_receive(std::string_view(*operation++)) ? dynamic_tensor(t) : dynamic_tensor(detail::nothing_received::of(t));
        },
        tensors);
  }
};

inline constexpr isend_t isend{};
inline constexpr irecv_t irecv{};
inline constexpr batch_p2p_ops_t batch_p2p_ops{};

}  // namespace commfold::c10d_functional
