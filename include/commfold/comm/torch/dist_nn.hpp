// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/dist_nn.hpp
/// `torch.distributed.nn.functional` over a communicator, under its own names: `comm.dist().nn()`.

#include <commfold/comm/rank_lists.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <cstddef>

namespace commfold {

namespace detail {

struct nn_scatter_call {
  COMMFOLD_OPERATOR("scatter");
};
struct nn_all_gather_backward_call {
  COMMFOLD_OPERATOR("all_gather_backward");
};

/// The first entry of a list, which is refused where it does not have one tensor a rank.
template <class Call, list_like List, any_group Group>
constexpr auto first_entry(char const* argument, List const& list, Group const& group) {
  expect_one_a_rank<Call>(argument, list, group);
  if constexpr (product_node<List>)
    return node_traits_of<List>::template child<0>(list);
  else
    return child_of_entry<List>(*node_traits_of<List>::begin(list));
}

}  // namespace detail

/// The differentiable calls of `torch.distributed`. Each makes the call of `dist()` of the same name and returns the tensors; where that
/// call works in place, it is given new tensors of the same shape. The backward pass of a call is a call of its own, `..._backward`: it
/// takes the gradient of the result, or the list of gradients, and otherwise the arguments of the call. With a root, both are the calls
/// that the root makes. `Dist` is a `dist_calls`.
template <class Dist>
class dist_nn_calls {
 public:
  constexpr explicit dist_nn_calls(Dist const& dist) : dist_(dist) {}

  /// Emits `c10d::broadcast_`, and backward `c10d::reduce_`.
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto broadcast(T const& tensor, Rank const& src, Group const& group) const {
    auto const copy = detail::same_shape::of(tensor);
    dist_.broadcast(copy, src, group);
    return copy;
  }
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto broadcast_backward(T const& gradient, Rank const& src, Group const& group) const {
    return reduce(gradient, src, sum, group);
  }

  /// Returns a list with one tensor a rank. Emits `c10d::gather_`, and backward `c10d::scatter_`.
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto gather(T const& tensor, Rank const& dst, Group const& group) const {
    auto const list = detail::one_a_rank(tensor, group);
    dist_.gather(tensor, list, dst, group);
    return list;
  }
  template <list_like List, size_like Rank, any_group Group>
  constexpr auto gather_backward(List const& gradients, Rank const& dst, Group const& group) const {
    return scatter(gradients, dst, group);
  }

  /// From a list with one tensor a rank. Emits `c10d::scatter_`, and backward `c10d::gather_`.
  template <list_like List, size_like Rank, any_group Group>
  constexpr auto scatter(List const& tensors, Rank const& src, Group const& group) const {
    auto const mine = detail::same_shape::of(detail::first_entry<detail::nn_scatter_call>("tensors", tensors, group));
    dist_.scatter(mine, tensors, src, group);
    return mine;
  }
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto scatter_backward(T const& gradient, Rank const& src, Group const& group) const {
    return gather(gradient, src, group);
  }

  /// Emits `c10d::reduce_`, and backward `c10d::broadcast_`.
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto reduce(T const& tensor, Rank const& dst, reduce_op op, Group const& group) const {
    auto const copy = detail::same_shape::of(tensor);
    dist_.reduce(copy, dst, op, group);
    return copy;
  }
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto reduce_backward(T const& gradient, Rank const& dst, Group const& group) const {
    return broadcast(gradient, dst, group);
  }

  /// From a list with one tensor a rank. Emits `c10d::reduce_scatter_`, and backward `c10d::allgather_`.
  template <tensor_like Out, list_like List, any_group Group>
  constexpr auto reduce_scatter(Out const& output, List const& input_list, reduce_op op, Group const& group) const {
    dist_.reduce_scatter(output, input_list, op, group);
    return output;
  }
  template <tensor_like T, any_group Group>
  constexpr auto reduce_scatter_backward(T const& gradient, Group const& group) const {
    return all_gather(gradient, group);
  }

  /// Returns a list with one tensor a rank. Emits `c10d::allgather_`, and backward `c10d::alltoall_`, whose results each rank adds up by
  /// itself. That is measured, and holds for every backend but NCCL, for which PyTorch calls `reduce_scatter` instead.
  template <tensor_like T, any_group Group>
  constexpr auto all_gather(T const& tensor, Group const& group) const {
    auto const list = detail::one_a_rank(tensor, group);
    dist_.all_gather(list, tensor, group);
    return list;
  }
  template <list_like List, any_group Group>
  constexpr auto all_gather_backward(List const& gradients, Group const& group) const {
    auto const mine = detail::first_entry<detail::nn_all_gather_backward_call>("gradients", gradients, group);
    all_to_all(new_like(gradients), gradients, group);
    return detail::same_shape::of(mine);
  }

  /// Takes lists with one tensor a rank. Emits `c10d::alltoall_`, and so does backward.
  template <list_like Out, list_like In, any_group Group>
  constexpr auto all_to_all(Out const& output_list, In const& input_list, Group const& group) const {
    dist_.all_to_all(output_list, input_list, group);
    return output_list;
  }
  template <list_like List, list_like In, any_group Group>
  constexpr auto all_to_all_backward(List const& gradients, In const& input_list, Group const& group) const {
    return all_to_all(new_like(input_list), gradients, group);
  }

  /// Block i of dimension 0 to rank i, as in `dist().all_to_all_single`; `even_split` for both is PyTorch's `None`. Emits
  /// `c10d::alltoall_base_`, and so does backward, with the splits exchanged.
  template <tensor_like Out, tensor_like In, class OutSizes, class InSizes, any_group Group>
  constexpr auto all_to_all_single(Out const& output, In const& input, OutSizes const& output_split_sizes, InSizes const& input_split_sizes,
                                   Group const& group) const {
    dist_.all_to_all_single(output, input, output_split_sizes, input_split_sizes, group);
    return output;
  }
  template <tensor_like T, tensor_like In, class OutSizes, class InSizes, any_group Group>
  constexpr auto all_to_all_single_backward(T const& gradient, In const& input, OutSizes const& output_split_sizes,
                                            InSizes const& input_split_sizes, Group const& group) const {
    return all_to_all_single(detail::same_shape::of(input), gradient, input_split_sizes, output_split_sizes, group);
  }

  /// Emits `c10d::allreduce_`, and so does backward, with the same reduction.
  template <tensor_like T, any_group Group>
  constexpr auto all_reduce(T const& tensor, reduce_op op, Group const& group) const {
    auto const copy = detail::same_shape::of(tensor);
    dist_.all_reduce(copy, op, group);
    return copy;
  }
  template <tensor_like T, any_group Group>
  constexpr auto all_reduce_backward(T const& gradient, reduce_op op, Group const& group) const {
    return all_reduce(gradient, op, group);
  }

 private:
  /// New tensors of the same shapes.
  template <class List>
  static constexpr auto new_like(List const& tensors) {
    return tree_map_only(is_tensor, [](auto const& t) { return detail::same_shape::of(t); }, tensors);
  }

  Dist dist_;
};

}  // namespace commfold
