// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/communicator.hpp
/// What a step runs over: the concept of a communicator.

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <string_view>

namespace commfold {

/// A communicator decides what a call does. The recorder of a trace writes it down; an engine would move bytes. A step is a function of a
/// communicator and knows no more about it, so that the same step can be asserted, planned and run.
///
/// A model has one member, `comm.call(op, arguments...)`, which
///   - takes any row of the operator table, with arguments in the order of its schema: tensors and groups of any type, static or not;
///   - returns what calling the row, `op(arguments...)`, returns: tensors of the same dtypes and shapes, a work, or both in a `std::tuple`.
///     A work has `wait()`, which returns when the call is done, and `result()`, the tensors that the call made or changed. A call that
///     returns no work is done when it returns;
///   - refuses what the row refuses, before it has done anything. A model that calls the row, or its `infer`, need not check by itself.
///
/// A model is passed by reference and makes its calls in the order in which they are made on it. It may
///   - derive from `communicator_base`, which adds the calls in MPI's words, `dist()`, `funcol()`, and how a step names and repeats its
///     parts (`phase`, `named_scope`, `repeat`, `for_each`); a member that the model declares itself takes the place of the base's;
///   - be told where in a tree each tensor stands: see `keeps_paths`.
///
/// A communicator that counts its calls:
/// ```cpp
/// class call_counter : public cf::communicator_base<call_counter> {
///  public:
///   std::size_t calls = 0;
///
///   template <cf::operator_row Op, class... Args>
///   constexpr auto call(Op op, Args const&... args) {
///     ++calls;
///     return op(args...);
///   }
/// };
/// ```
/// Asked of the type alone: whether it can make an all_reduce of one tensor, and gets a tensor back.
template <class Comm>
concept communicator = requires(Comm& comm, tensor<u8, 1> const& t, process_group<"asked", 1> const& group) {
  { comm.call(c10d_functional::all_reduce, t, sum, group) } -> tensor_like;
};

/// A communicator that is told where its calls stand. It has `comm.below(path, body)`, which runs `body()` and returns what that returns;
/// the tensors of the calls in `body` stand below `path`, a `std::string_view` such as `layers`, `[3]` or `attention.wq`. These calls nest:
/// of a tree by the path of each of its tensors, of `for_each` by each child, of `named_scope` by its name.
template <class Comm>
concept keeps_paths = requires(Comm& comm, std::string_view path, void (&body)()) { comm.below(path, body); };

}  // namespace commfold
