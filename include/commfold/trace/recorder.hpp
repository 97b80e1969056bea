// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/recorder.hpp
/// The fake communicator that a step runs over: every call yields the right shapes, is written down, and moves nothing.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/op/table.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/predicates.hpp>
#include <commfold/tree/stateless.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace commfold {

template <class Comm>
class dist_calls;
template <class Comm>
class funcol_calls;

/// Whether a sink wants the path of each tensor, and so is told through `below(name or path, body)` what the calls of a body stand below.
template <class Sink>
concept keeps_paths = Sink::keeps_paths;

/// The communicator of a trace. A step is ordinary code that takes one by reference: `auto step = [](auto& comm, auto const& model) {…};`
/// Methods in MPI's and NCCL's words take a tensor or a whole tree of them and return a tree of the results, one call a tensor; the
/// `_coalesced` forms are one call a tree. What is no tensor is passed through. PyTorch's own calls are under `dist()` and `funcol()`, and
/// `call` records any operator of the table. `Sink` is what the calls go to: it writes a `call_record` itself, from what one is made of, so
/// that a log can make it in its place.
template <class Sink>
class recorder {
 public:
  constexpr explicit recorder(Sink& sink) : sink_(&sink) {}
  recorder(recorder const&) = delete;
  recorder& operator=(recorder const&) = delete;

  /// Records one call of any operator of the table, with arguments as in its schema, and returns what the operator returns; the works of a
  /// trace are numbered from 1. An operator without a group (`wait_tensor`) is no call, and is refused.
  template <operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    if constexpr (returns_of<Op> == returns::nothing) {
      static_cast<void>(emit(op, args...));
    } else if constexpr (returns_of<Op> == returns::tensors) {
      return emit(op, args...);
    } else {
      auto tensors = emit(op, args...);  // a call that is refused takes no number
      return Op::give(std::move(tensors), ++works_);
    }
  }

  /// The same, for what the operator makes or changes: its tensors, without a work around them.
  template <operator_row Op, class... Args>
  constexpr auto record(Op op, Args const&... args) {
    return emit(op, args...);
  }

  /// The calls of `torch.distributed`, which work in place, by their own names: `comm.dist().all_reduce(t, sum, dp)`. In
  /// `<commfold/comm/torch/dist.hpp>`.
  [[nodiscard]] constexpr auto dist() { return dist_calls<recorder>(*this); }

  /// The calls of PyTorch's functional collectives, by their own names: `comm.funcol().all_reduce(t, sum, dp)`. In
  /// `<commfold/comm/torch/funcol.hpp>`.
  [[nodiscard]] constexpr auto funcol() { return funcol_calls<recorder>(*this); }

  /// Every rank gets the reduction of all ranks' tensors. Emits `_c10d_functional::all_reduce`.
  template <class Tree, any_group Group>
  constexpr auto all_reduce(Tree const& tree, reduce_op how, Group const& group) {
    return each_tensor(c10d_functional::all_reduce, tree, how, group);
  }

  /// Every rank gets all ranks' tensors, concatenated along dimension 0. Emits `_c10d_functional::all_gather_into_tensor`.
  template <class Tree, any_group Group>
  constexpr auto all_gather(Tree const& tree, Group const& group) {
    return each_tensor(c10d_functional::all_gather_into_tensor, tree, group.size, group);
  }

  /// Every rank gets its block, along dimension 0, of the reduction. Emits `_c10d_functional::reduce_scatter_tensor`.
  /// A dimension 0 that the group does not divide is refused, here and in `all_to_all`.
  template <class Tree, any_group Group>
  constexpr auto reduce_scatter(Tree const& tree, reduce_op how, Group const& group) {
    return each_tensor(c10d_functional::reduce_scatter_tensor, tree, how, group.size, group);
  }

  /// Every rank gets the tensor of rank `root` of the group. Emits `_c10d_functional::broadcast`.
  template <class Tree, size_like Root, any_group Group>
  constexpr auto broadcast(Tree const& tree, Root const& root, Group const& group) {
    return each_tensor(c10d_functional::broadcast, tree, root, group);
  }

  /// Block i of dimension 0 to rank i of the group, all blocks of one size. Emits `_c10d_functional::all_to_all_single`.
  template <class Tree, any_group Group>
  constexpr auto all_to_all(Tree const& tree, Group const& group) {
    return each_tensor(c10d_functional::all_to_all_single, tree, even_split, even_split, group);
  }

  /// The same of one tensor with blocks of uneven sizes, one size a rank. Emits `_c10d_functional::all_to_all_single`.
  template <tensor_like T, split_sizes Out, split_sizes In, any_group Group>
  constexpr auto all_to_all(T const& tensor, Out const& output_split_sizes, In const& input_split_sizes, Group const& group) {
    return call(c10d_functional::all_to_all_single, tensor, output_split_sizes, input_split_sizes, group);
  }

  /// The tensors to rank `dst` of the group. Emits `c10d::send`.
  template <class Tree, size_like Rank, any_group Group>
  constexpr void send(Tree const& tree, Rank const& dst, Group const& group) {
    each_tensor(c10d::send, tree, group, dst);
  }

  /// Tensors like these from rank `src` of the group. Emits `c10d::recv_`.
  template <class Tree, size_like Rank, any_group Group>
  constexpr auto recv(Tree const& tree, Rank const& src, Group const& group) {
    return each_tensor(c10d::recv_, tree, group, src);
  }

  /// Waits for all ranks of the group; carries nothing. Emits `c10d::barrier`.
  template <any_group Group>
  constexpr void barrier(Group const& group) {
    record(c10d::barrier, tensor<u8, 1>{}, group);
  }

  /// `all_reduce` of all tensors of a tree in one call. Emits `_c10d_functional::all_reduce_coalesced`.
  template <class Tree, any_group Group>
  constexpr auto all_reduce_coalesced(Tree const& tree, reduce_op how, Group const& group) {
    return call(c10d_functional::all_reduce_coalesced, tree, how, group);
  }
  /// `all_gather` of all tensors of a tree in one call. Emits `_c10d_functional::all_gather_into_tensor_coalesced`.
  template <class Tree, any_group Group>
  constexpr auto all_gather_coalesced(Tree const& tree, Group const& group) {
    return call(c10d_functional::all_gather_into_tensor_coalesced, tree, group.size, group);
  }
  /// `reduce_scatter` of all tensors of a tree in one call. Emits `_c10d_functional::reduce_scatter_tensor_coalesced`.
  template <class Tree, any_group Group>
  constexpr auto reduce_scatter_coalesced(Tree const& tree, reduce_op how, Group const& group) {
    return call(c10d_functional::reduce_scatter_tensor_coalesced, tree, how, group.size, group);
  }

  /// `torch.distributed`'s call on flat buffers, which FSDP makes: the whole and the part are given. Emits `c10d::_allgather_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr void all_gather_into_tensor(Out const& output, In const& input, Group const& group) {
    record(c10d::_allgather_base_, output, input, group);
  }
  /// The same of its `reduce_scatter_tensor`. Emits `c10d::_reduce_scatter_base_`.
  template <tensor_like Out, tensor_like In, any_group Group>
  constexpr void reduce_scatter_tensor(Out const& output, In const& input, reduce_op how, Group const& group) {
    record(c10d::_reduce_scatter_base_, output, input, group, how);
  }

  /// Runs the body with its calls filed under a phase; phases nest to `backward/layer`. A body that throws leaves the recorder as it was.
  /// An empty name is an `invalid_argument`.
  template <class Body>
  constexpr void phase(std::string_view name, Body&& body) {
    if (name.empty()) detail::fail<invalid_argument>("commfold::recorder::phase: a phase has a name");
    restored<detail::short_text<63>> const outer(phase_);
    if (!phase_.view().empty()) phase_.append("/", "phase");
    phase_.append(name, "phase");
    std::forward<Body>(body)();
  }

  /// Runs the body with the tensors of its calls named below `name`, as in `jax.named_scope`: a log with paths says `layers[3].wq` of a
  /// call in `comm.named_scope("layers", [&] { comm.for_each(model.layers, …); })`. Everything else forgets the name.
  template <class Body>
  constexpr void named_scope(std::string_view name, Body&& body) {
    if constexpr (keeps_paths<Sink>) {
      if (name.empty()) detail::fail<invalid_argument>("commfold::recorder::named_scope: a scope has a name");
      sink_->below(name, std::forward<Body>(body));
    } else {
      std::forward<Body>(body)();
    }
  }

  /// Runs the body once and counts its calls n times; repeats nest and multiply. A sink that keeps the order of calls runs it n times.
  template <size_like N, class Body>
  constexpr void repeat(N const& n, Body&& body) {
    std::size_t const times = detail::to_size(n, "commfold::recorder::repeat");
    if (times == 0) return;
    if constexpr (Sink::keeps_order) {
      for (std::size_t i = 0; i < times; ++i) body();
    } else {
      restored<std::size_t> const outer(times_);
      times_ = detail::checked_multiply(times_, times, "commfold::recorder::repeat");
      body();
    }
  }

  /// Runs the body on every child of a node, in order: the layers of a model. Where the type says all about the children, as for a
  /// `std::array` of layers with static shapes, it runs once and its calls are counted.
  template <tree_node Node, class Body>
  constexpr void for_each(Node const& node, Body&& body) {
    using facts = detail::node_traits_of<Node>;
    if constexpr (product_node<Node>) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        bool const done[] = {true, (named_child<Node, I>([&] { body(facts::template child<I>(node)); }), true)...};
        static_cast<void>(done);
      }(std::make_index_sequence<boost::mp11::mp_size<typename facts::children>::value>{});
    } else if constexpr (choice_node<Node>) {
      static_assert(!choice_node<Node>, "commfold::recorder::for_each: a choice has one alternative, not children; visit it");
    } else {
      auto entry = facts::begin(node);
      std::size_t const count = facts::count(node);
      if constexpr (keeps_paths<Sink>) {
        for (std::size_t i = 0; i != count; ++i, ++entry)
          sink_->below(detail::path_link{}.template to_entry<Node>(i, *entry).whole(), [&] { body(detail::child_of_entry<Node>(*entry)); });
      } else if constexpr (stateless<typename facts::element>) {
        if (count != 0) repeat(count, [&] { body(detail::child_of_entry<Node>(*entry)); });
      } else {
        for (std::size_t i = 0; i != count; ++i, ++entry) body(detail::child_of_entry<Node>(*entry));
      }
    }
  }

 private:
  /// Puts a value back when the scope ends, by whatever way.
  template <class T>
  class restored {
   public:
    constexpr explicit restored(T& value) : value_(value), before_(value) {}
    constexpr ~restored() { value_ = before_; }
    restored(restored const&) = delete;
    restored& operator=(restored const&) = delete;

   private:
    T& value_;
    T before_;
  };

  template <class Op, class... Args>
  constexpr auto emit(Op op, Args const&... args) {
    auto tensors = Op::infer(args...);
    write(detail::summarize<Op>(tensors, args...), op);
    return tensors;
  }

  template <class Node, std::size_t I, class Body>
  constexpr void named_child(Body&& body) {
    if constexpr (keeps_paths<Sink>)
      sink_->below(detail::path_link{}.template to_child<Node, I>().whole(), body);
    else
      body();
  }

  template <class Op, class Tree, class... Others>
  constexpr auto each_tensor(Op op, Tree const& tree, Others const&... others) {
    if constexpr (tensor_like<Tree>)
      return emit(op, tree, others...);
    else if constexpr (keeps_paths<Sink>)
      return tree_map_only_with_path(
          is_tensor, [&](auto const& path, auto const& t) { return sink_->below(path, [&] { return emit(op, t, others...); }); }, tree);
    else
      return tree_map_only(is_tensor, [&](auto const& t) { return emit(op, t, others...); }, tree);
  }

  template <class Op>
  constexpr void write(call_summary const& call, Op op) {
    static_assert(!Op::rules.group.is_nothing(), "commfold::recorder: an operator without a group communicates nothing; call it by itself");
    sink_->write(times_, op, call.group, call.group_size, phase_, call.dtype, call.bytes);
  }

  Sink* sink_;
  detail::short_text<63> phase_;
  std::size_t times_ = 1;
  std::uint64_t works_ = 0;
};

}  // namespace commfold
