// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/funcol.hpp
/// PyTorch's functional collectives over a communicator, under their own names: `comm.funcol()`.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/along_dim.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/op/table.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <cstddef>
#include <vector>

namespace commfold {

namespace detail {

// Calls that refuse more than the operators that they emit.
struct permute_tensor_call {
  COMMFOLD_OPERATOR("permute_tensor");
};
struct all_gather_single_call {
  COMMFOLD_OPERATOR("all_gather_single");
  static constexpr char const* argument = "gather_dim";
};
struct all_gather_single_autograd_backward_call {
  COMMFOLD_OPERATOR("all_gather_single_autograd_backward");
  static constexpr char const* argument = "gather_dim";
};
struct reduce_scatter_single_call {
  COMMFOLD_OPERATOR("reduce_scatter_single");
  static constexpr char const* argument = "scatter_dim";
};
struct reduce_scatter_single_coalesced_call {
  COMMFOLD_OPERATOR("reduce_scatter_single_coalesced");
  static constexpr char const* argument = "scatter_dim";
};

/// The splits of `permute_tensor` on one rank: its whole tensor for the rank that it sends to, nothing for the others, and likewise for the
/// rank that sends to it.
struct permutation_splits {
  std::vector<std::size_t> output;
  std::vector<std::size_t> input;
};

template <class Pairs, size_like Rank, any_group Group>
constexpr permutation_splits splits_of(Pairs const& src_dst, std::size_t extent, Rank const& rank, Group const& group) {
  constexpr char const* verb = permute_tensor_call::verb;
  expect_member<permute_tensor_call>("rank", rank, group);
  expect_length(verb, "src_dst", std::size(src_dst), group.size);
  expect_list_fits(group.size, sizeof(std::size_t), verb);
  std::size_t const self = to_size(rank, verb);
  permutation_splits splits{std::vector<std::size_t>(std::size_t{group.size}, 0), std::vector<std::size_t>(std::size_t{group.size}, 0)};
  std::size_t src = 0;
  for (auto const& dst : src_dst) {
    expect_member<permute_tensor_call>("a destination", dst, group);
    if (src == self) splits.input[to_size(dst, verb)] = extent;
    if (to_size(dst, verb) == self) splits.output[src] = extent;
    ++src;
  }
  return splits;
}

}  // namespace detail

/// The calls of `torch.distributed._functional_collectives`, by the names of PyTorch 2.14 and with its order of arguments. Each emits the
/// operator that PyTorch's call emits and returns a fresh tensor. Dimensions written as `size_c<1>` keep a static shape static. Along
/// another dimension than 0 each rank rearranges the pieces by itself, which communicates nothing. Ranks are ranks of the group. The
/// backward pass of a call is a call of its own, `..._backward`: it takes the gradient of the result and otherwise the arguments of the
/// call.
/// ```cpp
/// auto const full = comm.funcol().all_gather_single(shard, cf::size_c<1>, tp);
/// auto const mine = comm.funcol().reduce_scatter_single(full, cf::sum, cf::size_c<1>, tp);
/// ```
template <communicator Comm>
class funcol_calls {
 public:
  constexpr explicit funcol_calls(Comm& comm) : comm_(&comm) {}

  /// The tensor itself: nothing moves, and nothing is recorded. PyTorch's emits `_c10d_functional::wait_tensor`, which has no group.
  template <tensor_like T>
  static constexpr auto wait_tensor(T const& tensor) {
    return c10d_functional::wait_tensor(tensor);
  }

  /// Emits `_c10d_functional::broadcast`.
  template <tensor_like T, size_like Rank, any_group Group>
  constexpr auto broadcast(T const& tensor, Rank const& src, Group const& group) const {
    return comm_->call(c10d_functional::broadcast, tensor, src, group);
  }

  /// Emits `_c10d_functional::all_reduce`, and so does its backward pass. PyTorch has one for sums only.
  template <tensor_like T, any_group Group>
  constexpr auto all_reduce(T const& tensor, reduce_op op, Group const& group) const {
    return comm_->call(c10d_functional::all_reduce, tensor, op, group);
  }
  template <tensor_like T, any_group Group>
  constexpr auto all_reduce_backward(T const& gradient, Group const& group) const {
    return all_reduce(gradient, sum, group);
  }

  /// All ranks' tensors, joined along `gather_dim`. Emits `_c10d_functional::all_gather_into_tensor`. Before 2.14: `all_gather_tensor`.
  template <tensor_like T, size_like Dim, any_group Group>
  constexpr auto all_gather_single(T const& tensor, Dim const& gather_dim, Group const& group) const {
    using named = detail::all_gather_single_call;
    detail::expect_dim<named>(tensor, gather_dim);
    auto const joined = comm_->call(c10d_functional::all_gather_into_tensor, tensor, group.size, group);
    return detail::recut<named>(joined, size_c<0>, gather_dim, group);
  }
  /// `all_gather_single` with a backward pass, which emits `_c10d_functional::reduce_scatter_tensor`.
  template <tensor_like T, size_like Dim, any_group Group>
  constexpr auto all_gather_single_autograd(T const& tensor, Dim const& gather_dim, Group const& group) const {
    return all_gather_single(tensor, gather_dim, group);
  }
  template <tensor_like T, size_like Dim, any_group Group>
  constexpr auto all_gather_single_autograd_backward(T const& gradient, Dim const& gather_dim, Group const& group) const {
    return scattered<detail::all_gather_single_autograd_backward_call>(gradient, sum, gather_dim, group);
  }

  /// This rank's block, along `scatter_dim`, of the reduction. Emits `_c10d_functional::reduce_scatter_tensor`. A dimension that the group
  /// does not divide is refused. Before 2.14: `reduce_scatter_tensor`.
  template <tensor_like T, size_like Dim, any_group Group>
  constexpr auto reduce_scatter_single(T const& tensor, reduce_op op, Dim const& scatter_dim, Group const& group) const {
    return scattered<detail::reduce_scatter_single_call>(tensor, op, scatter_dim, group);
  }
  /// `reduce_scatter_single` with a backward pass, which emits `_c10d_functional::all_gather_into_tensor`.
  template <tensor_like T, size_like Dim, any_group Group>
  constexpr auto reduce_scatter_single_autograd(T const& tensor, reduce_op op, Dim const& scatter_dim, Group const& group) const {
    return reduce_scatter_single(tensor, op, scatter_dim, group);
  }
  template <tensor_like T, size_like Dim, any_group Group>
  constexpr auto reduce_scatter_single_autograd_backward(T const& gradient, Dim const& scatter_dim, Group const& group) const {
    return all_gather_single(gradient, scatter_dim, group);
  }

  /// Emits `_c10d_functional::all_to_all_single`. Splits are ranges with one size a rank, or `even_split` for both, PyTorch's `None`.
  template <tensor_like T, class Out, class In, any_group Group>
  constexpr auto all_to_all_single(T const& tensor, Out const& output_split_sizes, In const& input_split_sizes, Group const& group) const {
    return comm_->call(c10d_functional::all_to_all_single, tensor, output_split_sizes, input_split_sizes, group);
  }
  /// `all_to_all_single` with a backward pass, which emits the same operator with the splits exchanged.
  template <tensor_like T, class Out, class In, any_group Group>
  constexpr auto all_to_all_single_autograd(T const& tensor, Out const& output_split_sizes, In const& input_split_sizes,
                                            Group const& group) const {
    return all_to_all_single(tensor, output_split_sizes, input_split_sizes, group);
  }
  template <tensor_like T, class Out, class In, any_group Group>
  constexpr auto all_to_all_single_autograd_backward(T const& gradient, Out const& output_split_sizes, In const& input_split_sizes,
                                                     Group const& group) const {
    return all_to_all_single(gradient, input_split_sizes, output_split_sizes, group);
  }

  /// One call for all tensors of a list. Emits `_c10d_functional::all_reduce_coalesced`.
  template <class List, any_group Group>
  constexpr auto all_reduce_coalesced(List const& tensors, reduce_op op, Group const& group) const {
    return comm_->call(c10d_functional::all_reduce_coalesced, tensors, op, group);
  }
  /// Along dimension 0. Emits `_c10d_functional::all_gather_into_tensor_coalesced`, its name before 2.14.
  template <class List, any_group Group>
  constexpr auto all_gather_single_coalesced(List const& tensors, Group const& group) const {
    return comm_->call(c10d_functional::all_gather_into_tensor_coalesced, tensors, group.size, group);
  }
  /// Along one dimension, or along one of each tensor's own, as a range of them. Emits `_c10d_functional::reduce_scatter_tensor_coalesced`.
  /// Before 2.14: `reduce_scatter_tensor_coalesced`.
  template <class List, class Dims, any_group Group>
  constexpr auto reduce_scatter_single_coalesced(List const& tensors, reduce_op op, Dims const& scatter_dim, Group const& group) const {
    return comm_->call(c10d_functional::reduce_scatter_tensor_coalesced, each_in_front(tensors, scatter_dim, group), op, group.size, group);
  }

  /// To rank `dst`. Returns a tensor without elements. Emits `_c10d_functional::isend`.
  template <tensor_like T, size_like Rank, size_like Tag, any_group Group>
  constexpr auto isend_inplace(T const& tensor, Rank const& dst, Tag const& tag, Group const& group) const {
    return comm_->call(c10d_functional::isend, tensor, dst, tag, group);
  }
  /// Returns a tensor like this one, from rank `src`. Emits `_c10d_functional::irecv`.
  template <tensor_like T, size_like Rank, size_like Tag, any_group Group>
  constexpr auto irecv_inplace(T const& tensor, Rank const& src, Tag const& tag, Group const& group) const {
    return comm_->call(c10d_functional::irecv, tensor, src, tag, group);
  }
  /// Sends and receives in one call; `op_list` is a range of "isend" and "irecv". Emits `_c10d_functional::batch_p2p_ops`.
  template <class Ops, class Peers, class Tags, list_like List, any_group Group>
  constexpr auto batch_p2p_ops_inplace(Ops const& op_list, Peers const& peer_list, Tags const& tag_list, List const& tensors,
                                       Group const& group) const {
    return comm_->call(c10d_functional::batch_p2p_ops, op_list, peer_list, tag_list, tensors, group);
  }

  /// Rank i sends its tensor to rank `src_dst[i]`; `rank` is the one that makes this call. Emits `_c10d_functional::all_to_all_single` with
  /// the whole of dimension 0 in one split. PyTorch writes the number of elements there, which is the same for one dimension, and which a
  /// backend refuses for more.
  template <tensor_like T, class Pairs, size_like Rank, any_group Group>
  constexpr auto permute_tensor(T const& tensor, Pairs const& src_dst, Rank const& rank, Group const& group) const {
    auto const shape = extents_of(tensor);
    if (shape.rank() == 0) detail::fail_scalar(detail::permute_tensor_call::verb);
    detail::permutation_splits const splits = detail::splits_of(src_dst, shape.extent(0), rank, group);
    return all_to_all_single(tensor, splits.output, splits.input, group);
  }

 private:
  template <class Named, class T, class Dim, class Group>
  constexpr auto scattered(T const& tensor, reduce_op op, Dim const& dim, Group const& group) const {
    auto const in_front = detail::recut<Named>(tensor, dim, size_c<0>, group);
    return comm_->call(c10d_functional::reduce_scatter_tensor, in_front, op, group.size, group);
  }

  /// The tensors with the pieces of the dimension that is scattered joined along dimension 0.
  template <class List, class Dims, class Group>
  static constexpr auto each_in_front(List const& tensors, Dims const& dims, Group const& group) {
    using named = detail::reduce_scatter_single_coalesced_call;
    if constexpr (size_like<Dims>) {
      return tree_map_only(is_tensor, [&](auto const& t) { return detail::recut<named>(t, dims, size_c<0>, group); }, tensors);
    } else {
      detail::expect_pairs(named::verb, named::argument, std::size(dims), detail::list_length(tensors));
      auto dim = std::begin(dims);
      return tree_map_only(is_tensor, [&](auto const& t) { return detail::recut<named>(t, *dim++, size_c<0>, group); }, tensors);
    }
  }

  Comm* comm_;
};

}  // namespace commfold
