// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/mpi_calls.hpp
/// The calls of a communicator in the words of MPI, over tensors and whole trees of them.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/rank_lists.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/op/table.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/leaf_types.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

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

template <class Work>
constexpr void wait_for(Work& work) {
  work.wait();
}
template <class... Works>
constexpr void wait_for(std::variant<Works...>& held) {
  std::visit([](auto& work) { work.wait(); }, held);
}
constexpr void wait_for(std::monostate&) {}  // of a tree without tensors, which was refused

/// The work that a call returns for a leaf, as a list: of none where the leaf is no tensor.
template <class Call, class Leaf>
consteval auto works_for() {
  if constexpr (is_tensor_v<Leaf>)
    return boost::mp11::mp_list<decltype(std::declval<Call const&>()(std::declval<Leaf const&>()))>{};
  else
    return boost::mp11::mp_list<>{};
}
template <class Call, class... Leaves>
consteval auto distinct_works_for(boost::mp11::mp_list<Leaves...>) {
  return detail::distinct(boost::mp11::mp_append<boost::mp11::mp_list<>, decltype(works_for<Call, Leaves>())...>{});
}
/// What holds any of the works that a call returns for the tensors of a tree.
template <class Call, class Tree>
using work_for_any_of = typename any_leaf<decltype(distinct_works_for<Call>(distinct_leaf_types<Tree, boost::mp11::mp_list<>>()))>::type;

}  // namespace detail

/// The calls of MPI and NCCL by their names, for a communicator `Comm` that derives from this, most often through `communicator_base`. A
/// call takes a tensor or a tree of tensors, returns a tree of the results, and is done when it returns. It makes one call of its operator
/// for each tensor; a `_coalesced` call makes one for the whole tree. What is no tensor is passed through.
///
/// A step does not know the rank that runs it. A call with a root is therefore the call that the root makes, with the root's bytes and
/// results; what the other ranks do in `gather` and `scatter` is `dist().gather` and `dist().scatter` without a list.
template <class Comm>
class mpi_calls {
 public:
  /// Every rank gets the reduction of all ranks' tensors. Emits `_c10d_functional::all_reduce`.
  template <class Tree, any_group Group>
  constexpr auto all_reduce(Tree const& tree, reduce_op how, Group const& group) {
    if constexpr (tensor_like<Tree>)
      return self().call(c10d_functional::all_reduce, tree, how, group);
    else
      return call_each(c10d_functional::all_reduce, tree, how, group);
  }

  /// Rank `root` gets the reduction of all ranks' tensors, in place: the tensors themselves come back. Emits `c10d::reduce_`.
  template <class Tree, size_like Root, any_group Group>
  constexpr auto reduce(Tree const& tree, reduce_op how, Root const& root, Group const& group) {
    return each_tensor<c10d::reduce_t>(
        tree, [&](auto const& leaf) { return detail::finish(self().call(c10d::reduce_, leaf, group, how, root, 0)); });
  }

  /// Every rank gets the tensor of rank `root` of the group. Emits `_c10d_functional::broadcast`.
  template <class Tree, size_like Root, any_group Group>
  constexpr auto broadcast(Tree const& tree, Root const& root, Group const& group) {
    if constexpr (tensor_like<Tree>)
      return self().call(c10d_functional::broadcast, tree, root, group);
    else
      return call_each(c10d_functional::broadcast, tree, root, group);
  }

  /// Every rank gets all ranks' tensors, concatenated along dimension 0. Emits `_c10d_functional::all_gather_into_tensor`.
  template <class Tree, any_group Group>
  constexpr auto all_gather(Tree const& tree, Group const& group) {
    if constexpr (tensor_like<Tree>)
      return self().call(c10d_functional::all_gather_into_tensor, tree, group.size, group);
    else
      return call_each(c10d_functional::all_gather_into_tensor, tree, group.size, group);
  }

  /// `all_gather` of uneven blocks, MPI_Allgatherv: dimension 0 of rank i's tensor has the extent `counts[i]`. What comes back has their
  /// sum. Refused: another number of counts than ranks, and a tensor whose dimension 0 is none of the counts. Emits `c10d::allgather_`.
  template <class Tree, split_sizes Counts, any_group Group>
  constexpr auto all_gather(Tree const& tree, Counts const& counts, Group const& group) {
    using row = c10d::allgather_t;
    std::size_t const all = detail::total_of_splits<row>("counts", counts, group.size);
    return each_tensor<row>(tree, [&](auto const& leaf) {
      detail::expect_one_of_counts<row>(leaf, counts, group);
      auto const blocks = detail::blocks_of_counts<row>(leaf, counts, group);
      detail::finish(self().call(c10d::allgather_, detail::list_of_one(blocks), detail::list_of_one(leaf), group));
      return detail::resized(leaf, all);
    });
  }

  /// Rank `root` gets all ranks' tensors, concatenated along dimension 0. Emits `c10d::gather_`.
  template <class Tree, size_like Root, any_group Group>
  constexpr auto gather(Tree const& tree, Root const& root, Group const& group) {
    return each_tensor<c10d::gather_t>(tree, [&](auto const& leaf) {
      auto const all = detail::gathered<c10d::gather_t>(leaf, group.size);
      auto const blocks = detail::one_a_rank(leaf, group);
      detail::finish(self().call(c10d::gather_, detail::list_of_one(blocks), detail::list_of_one(leaf), group, root));
      return all;
    });
  }

  /// Rank i gets block i, along dimension 0, of the tensors of rank `root`, all blocks of one size. A dimension 0 that the group does not
  /// divide is refused. Emits `c10d::scatter_`.
  template <class Tree, size_like Root, any_group Group>
  constexpr auto scatter(Tree const& tree, Root const& root, Group const& group) {
    return each_tensor<c10d::scatter_t>(tree, [&](auto const& leaf) {
      auto const block = detail::scattered<c10d::scatter_t>(leaf, group.size);
      auto const blocks = detail::one_a_rank(block, group);
      detail::finish(self().call(c10d::scatter_, detail::list_of_one(block), detail::list_of_one(blocks), group, root));
      return block;
    });
  }

  /// Every rank gets its block, along dimension 0, of the reduction, all blocks of one size. A dimension 0 that the group does not divide
  /// is refused. Emits `_c10d_functional::reduce_scatter_tensor`.
  template <class Tree, any_group Group>
  constexpr auto reduce_scatter(Tree const& tree, reduce_op how, Group const& group) {
    if constexpr (tensor_like<Tree>)
      return self().call(c10d_functional::reduce_scatter_tensor, tree, how, group.size, group);
    else
      return call_each(c10d_functional::reduce_scatter_tensor, tree, how, group.size, group);
  }

  /// `reduce_scatter` into uneven blocks, MPI_Reduce_scatter: rank i gets the block of extent `counts[i]` along dimension 0. `rank` is the
  /// rank that makes the call; its block comes back. Refused: another number of counts than ranks, and counts that do not add up to
  /// dimension 0. Emits `c10d::reduce_scatter_`.
  template <class Tree, split_sizes Counts, size_like Rank, any_group Group>
  constexpr auto reduce_scatter(Tree const& tree, reduce_op how, Counts const& counts, Rank const& rank, Group const& group) {
    using row = c10d::reduce_scatter_t;
    detail::expect_member<row>("rank", rank, group);
    std::size_t const all = detail::total_of_splits<row>("counts", counts, group.size);
    std::size_t const own = detail::count_of_rank<row>(counts, rank);
    return each_tensor<row>(tree, [&](auto const& leaf) {
      detail::expect_all_counts<row>(leaf, counts, all, group);
      auto const blocks = detail::blocks_of_counts<row>(leaf, counts, group);
      auto const block = detail::resized(leaf, own);
      detail::finish(self().call(c10d::reduce_scatter_, detail::list_of_one(block), detail::list_of_one(blocks), group, how));
      return block;
    });
  }

  /// Block i, along dimension 0, goes to rank i, all blocks of one size. A dimension 0 that the group does not divide is refused. Emits
  /// `_c10d_functional::all_to_all_single`.
  template <class Tree, any_group Group>
  constexpr auto all_to_all(Tree const& tree, Group const& group) {
    if constexpr (tensor_like<Tree>)
      return self().call(c10d_functional::all_to_all_single, tree, even_split, even_split, group);
    else
      return call_each(c10d_functional::all_to_all_single, tree, even_split, even_split, group);
  }

  /// `all_to_all` of one tensor in uneven blocks, MPI_Alltoallv: one size a rank for each side. Emits
  /// `_c10d_functional::all_to_all_single`.
  template <tensor_like T, split_sizes Out, split_sizes In, any_group Group>
  constexpr auto all_to_all(T const& tensor, Out const& output_split_sizes, In const& input_split_sizes, Group const& group) {
    return self().call(c10d_functional::all_to_all_single, tensor, output_split_sizes, input_split_sizes, group);
  }

  /// Sends the tensors to rank `dst` of the group. Emits `c10d::send`.
  template <class Tree, size_like Rank, any_group Group>
  constexpr void send(Tree const& tree, Rank const& dst, Group const& group) {
    visit_tensors<c10d::send_t>(tree, [&](auto const& leaf) { detail::finish(self().call(c10d::send, leaf, group, dst)); });
  }

  /// Receives tensors like these from rank `src` of the group. Emits `c10d::recv_`.
  template <class Tree, size_like Rank, any_group Group>
  constexpr auto recv(Tree const& tree, Rank const& src, Group const& group) {
    return each_tensor<c10d::recv_t>(tree, [&](auto const& leaf) { return detail::finish(self().call(c10d::recv_, leaf, group, src)); });
  }

  /// Sends the first tensors to rank `dst` and receives tensors like the others from rank `src` at the same time. Returns what it received.
  /// The two trees need not be alike. Emits `c10d::send` for each of the first, then `c10d::recv_` for each of the others.
  template <class ToSend, size_like Dst, class ToReceive, size_like Src, any_group Group>
  constexpr auto sendrecv(ToSend const& tree_to_send, Dst const& dst, ToReceive const& tree_to_receive, Src const& src,
                          Group const& group) {
    detail::expect_member<c10d::recv_t>("src", src, group);  // before anything is sent
    auto const send = [&](auto const& leaf) { return self().call(c10d::send, leaf, group, dst); };
    // In a list and not in a tree like the first: a node that maps to one type alone holds tensors, but no works.
    std::vector<detail::work_for_any_of<decltype(send), ToSend>> sends;
    visit_tensors<c10d::send_t>(tree_to_send, [&](auto const& leaf) { sends.push_back(send(leaf)); });
    auto received = recv(tree_to_receive, src, group);
    for (auto& work : sends) detail::wait_for(work);
    return received;
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

  /// Runs f for the tensor at a path of its tree. A tensor that is the whole tree stands where the tree does.
  template <class Path, class F>
  constexpr auto at_path(Path const& path, F const& f) {
    return self().below(path.empty() ? std::string_view() : std::string_view(to_string(path)), f);
  }

  /// The tree of f(tensor) for each tensor; what is no tensor stays. A tree in which no tensor can be is refused.
  template <class Row, class Tree, class F>
  constexpr auto each_tensor(Tree const& tree, F const& f) {
    if constexpr (tensor_like<Tree>) {
      return f(tree);
    } else {
      detail::expect_tensors<Row, Tree>();
      if constexpr (keeps_paths<Comm>)
        return tree_map_only_with_path(
            is_tensor, [&](auto const& path, auto const& leaf) { return at_path(path, [&] { return f(leaf); }); }, tree);
      else
        return tree_map_only(is_tensor, f, tree);
    }
  }

  /// f(tensor) for each tensor, in order. It makes no tree, so it takes those that cannot be mapped, too.
  template <class Row, class Tree, class F>
  constexpr void visit_tensors(Tree const& tree, F const& f) {
    if constexpr (tensor_like<Tree>) {
      f(tree);
    } else {
      detail::expect_tensors<Row, Tree>();
      if constexpr (keeps_paths<Comm>)
        tree_for_each_with_path(
            [&]<class Leaf>(auto const& path, Leaf const& leaf) {
              if constexpr (detail::is_tensor_v<Leaf>) at_path(path, [&] { f(leaf); });
            },
            tree);
      else
        tree_for_each(
            [&]<class Leaf>(Leaf const& leaf) {
              if constexpr (detail::is_tensor_v<Leaf>) f(leaf);
            },
            tree);
    }
  }

  /// The tree of op(tensor, others...) for each tensor of a tree, each a call of its own. A tensor that is the whole tree is called where
  /// it is given: compilers pay for each function between a step and its record, for each type of tensor.
  template <class Op, class Tree, class... Others>
  constexpr auto call_each(Op op, Tree const& tree, Others const&... others) {
    return each_tensor<Op>(tree, [&](auto const& leaf) { return self().call(op, leaf, others...); });
  }
};

}  // namespace commfold
