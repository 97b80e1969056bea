// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/mpi_calls.hpp
/// The calls of a communicator in the words of MPI, over tensors and whole trees of them.

#include <commfold/comm/communicator.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/op/table.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <string_view>
#include <tuple>
#include <utility>

namespace commfold {

namespace detail {

/// Waits for the work that a call returned, alone or behind its tensors, and returns the tensors.
template <class Returned>
constexpr auto finish(Returned returned) {
  if constexpr (requires { returned.wait(); }) {
    returned.wait();
    return returned.result();
  } else {
    std::get<1>(returned).wait();
    return std::get<0>(std::move(returned));
  }
}

}  // namespace detail

/// The calls of MPI and NCCL by their names, for a communicator `Comm` that derives from this, most often by `communicator_base`. They take
/// a tensor or a tree of them and return a tree of the results, and are done when they return. A tree is one call a tensor; the
/// `_coalesced` forms are one call a tree. What is no tensor is passed through.
template <class Comm>
class mpi_calls {
 public:
  /// Every rank gets the reduction of all ranks' tensors. Emits `_c10d_functional::all_reduce`.
  template <class Tree, any_group Group>
  constexpr auto all_reduce(Tree const& tree, reduce_op how, Group const& group) {
    return call_each(c10d_functional::all_reduce, tree, how, group);
  }

  /// Every rank gets all ranks' tensors, concatenated along dimension 0. Emits `_c10d_functional::all_gather_into_tensor`.
  template <class Tree, any_group Group>
  constexpr auto all_gather(Tree const& tree, Group const& group) {
    return call_each(c10d_functional::all_gather_into_tensor, tree, group.size, group);
  }

  /// Every rank gets its block, along dimension 0, of the reduction. Emits `_c10d_functional::reduce_scatter_tensor`.
  /// A dimension 0 that the group does not divide is refused, here and in `all_to_all`.
  template <class Tree, any_group Group>
  constexpr auto reduce_scatter(Tree const& tree, reduce_op how, Group const& group) {
    return call_each(c10d_functional::reduce_scatter_tensor, tree, how, group.size, group);
  }

  /// Every rank gets the tensor of rank `root` of the group. Emits `_c10d_functional::broadcast`.
  template <class Tree, size_like Root, any_group Group>
  constexpr auto broadcast(Tree const& tree, Root const& root, Group const& group) {
    return call_each(c10d_functional::broadcast, tree, root, group);
  }

  /// Block i of dimension 0 to rank i of the group, all blocks of one size. Emits `_c10d_functional::all_to_all_single`.
  template <class Tree, any_group Group>
  constexpr auto all_to_all(Tree const& tree, Group const& group) {
    return call_each(c10d_functional::all_to_all_single, tree, even_split, even_split, group);
  }

  /// `all_to_all` of one tensor with blocks of uneven sizes, one size a rank. Emits `_c10d_functional::all_to_all_single`.
  template <tensor_like T, split_sizes Out, split_sizes In, any_group Group>
  constexpr auto all_to_all(T const& tensor, Out const& output_split_sizes, In const& input_split_sizes, Group const& group) {
    return self().call(c10d_functional::all_to_all_single, tensor, output_split_sizes, input_split_sizes, group);
  }

  /// The tensors to rank `dst` of the group. Emits `c10d::send`.
  template <class Tree, size_like Rank, any_group Group>
  constexpr void send(Tree const& tree, Rank const& dst, Group const& group) {
    each_tensor(tree, [&](auto const& t) { return detail::finish(self().call(c10d::send, t, group, dst)); });
  }

  /// Tensors like these from rank `src` of the group. Emits `c10d::recv_`.
  template <class Tree, size_like Rank, any_group Group>
  constexpr auto recv(Tree const& tree, Rank const& src, Group const& group) {
    return each_tensor(tree, [&](auto const& t) { return detail::finish(self().call(c10d::recv_, t, group, src)); });
  }

  /// Waits for all ranks of the group; carries nothing. Emits `c10d::barrier`.
  template <any_group Group>
  constexpr void barrier(Group const& group) {
    detail::finish(self().call(c10d::barrier, tensor<u8, 1>{}, group));
  }

  /// `all_reduce` of all tensors of a tree in one call. Emits `_c10d_functional::all_reduce_coalesced`.
  template <class Tree, any_group Group>
  constexpr auto all_reduce_coalesced(Tree const& tree, reduce_op how, Group const& group) {
    return self().call(c10d_functional::all_reduce_coalesced, tree, how, group);
  }
  /// `all_gather` of all tensors of a tree in one call. Emits `_c10d_functional::all_gather_into_tensor_coalesced`.
  template <class Tree, any_group Group>
  constexpr auto all_gather_coalesced(Tree const& tree, Group const& group) {
    return self().call(c10d_functional::all_gather_into_tensor_coalesced, tree, group.size, group);
  }
  /// `reduce_scatter` of all tensors of a tree in one call. Emits `_c10d_functional::reduce_scatter_tensor_coalesced`.
  template <class Tree, any_group Group>
  constexpr auto reduce_scatter_coalesced(Tree const& tree, reduce_op how, Group const& group) {
    return self().call(c10d_functional::reduce_scatter_tensor_coalesced, tree, how, group.size, group);
  }

  /// `all_gather` from one flat buffer into another that the caller gives, with the group's size times the elements, as FSDP makes it.
  /// Emits `c10d::_allgather_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr void all_gather_into_tensor(Out const& output, In const& input, Group const& group) {
    detail::finish(self().call(c10d::_allgather_base_, output, input, group));
  }
  /// `reduce_scatter` from one flat buffer, with the group's size times the elements, into another that the caller gives. Emits
  /// `c10d::_reduce_scatter_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr void reduce_scatter_tensor(Out const& output, In const& input, reduce_op how, Group const& group) {
    detail::finish(self().call(c10d::_reduce_scatter_base_, output, input, group, how));
  }

 private:
  constexpr Comm& self() { return static_cast<Comm&>(*this); }

  /// f of every tensor; what is no tensor stays.
  template <class Tree, class F>
  constexpr auto each_tensor(Tree const& tree, F const& f) {
    if constexpr (tensor_like<Tree>)
      return f(tree);
    else if constexpr (keeps_paths<Comm>)
      return tree_map_only_with_path(
          is_tensor, [&](auto const& path, auto const& t) { return self().below(std::string_view(to_string(path)), [&] { return f(t); }); },
          tree);
    else
      return tree_map_only(is_tensor, f, tree);
  }

  /// One call of an operator over one tensor for each tensor.
  template <class Op, class Tree, class... Others>
  constexpr auto call_each(Op op, Tree const& tree, Others const&... others) {
    if constexpr (tensor_like<Tree>)
      return self().call(op, tree, others...);
    else
      return each_tensor(tree, [&](auto const& t) { return self().call(op, t, others...); });
  }
};

}  // namespace commfold
