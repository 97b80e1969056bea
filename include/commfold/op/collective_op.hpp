// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/collective_op.hpp
/// PyTorch's `CollectiveOp`: size, group and work of a call of any operator, from its row of the table.

#include <commfold/group/process_group.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/work.hpp>
#include <commfold/tree/sum.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold {

class any_op;
class dynamic_group;
class value;
struct call_arguments;

namespace detail {

/// What a rule looks at is there, and is what the schema says: where that is one tensor, a tree without any would weigh a silent 0.
template <class Op, class Rule>
struct counts_as_in_schema;
template <class Op>
struct counts_as_in_schema<Op, nothing> {
  template <class Args, class Result>
  static constexpr bool of() {
    return false;
  }
};
template <class Op, std::size_t I>
struct counts_as_in_schema<Op, arg<I>> {
  template <class Args, class Result>
  static constexpr bool of() {
    if constexpr (!has_argument<Args, I>)
      return false;
    else
      return parameters_of<Op>[I].type != parameter_type::tensor ||
             tensor_like<decltype(arg<I>::of(std::declval<Args const&>(), std::declval<Result const&>()))>;
  }
};
template <class Op>
struct counts_as_in_schema<Op, result> {
  template <class Args, class Result>
  static constexpr bool of() {
    return !returns_one_tensor<Op> || tensor_like<Result>;
  }
};
template <class Op, class A, class B>
struct counts_as_in_schema<Op, larger<A, B>> {
  template <class Args, class Result>
  static constexpr bool of() {
    return counts_as_in_schema<Op, A>::template of<Args, Result>() && counts_as_in_schema<Op, B>::template of<Args, Result>();
  }
};
template <class Op, class A, class B>
struct counts_as_in_schema<Op, both<A, B>> : counts_as_in_schema<Op, larger<A, B>> {};
template <class Op, class A, class B>
struct counts_as_in_schema<Op, on_root<A, B>> : counts_as_in_schema<Op, larger<A, B>> {};
template <class Op, class A, class Group>
struct counts_as_in_schema<Op, times_ranks<A, Group>> : counts_as_in_schema<Op, A> {};
template <class Op, fixed_string Operation>
struct counts_as_in_schema<Op, batched<Operation>> {
  template <class Args, class Result>
  static constexpr bool of() {
    return looks_at_batch<Args, Result>;
  }
};

// Small concepts with names of their own: a compiler that refuses a call prints the first that is false.
template <class Rule>
concept some_rule = !std::is_same_v<Rule, nothing>;
template <class Op>
concept has_comm_tensor_size = operator_row<Op> && some_rule<typename Op::counts>;
template <class Op>
concept has_process_group = operator_row<Op> && some_rule<typename Op::group>;
template <class Op>
concept returns_work = operator_row<Op> && (returns_of<Op> == returns::work || returns_of<Op> == returns::tensors_and_work);

template <class Op, class Rule, class Result, class Args>
concept fits_schema = counts_as_in_schema<Op, Rule>::template of<Args, Result>();

template <class Op, class Result, class Args>
concept sized_call = has_comm_tensor_size<Op> && fits_schema<Op, typename Op::counts, Result, Args>;

template <class Op, class Args>
concept grouped_call = has_process_group<Op> && requires(Args const& args) {
  { Op::group::of(args, args) } -> any_group;
};

template <class Op, class Rule, class Result, class Args>
concept paid_call = operator_row<Op> && some_rule<Rule> && fits_schema<Op, Rule, Result, Args> &&
                    requires(Result const& result, Args const& args) { weighed<Rule>::as(tree_payload, args, result); };

template <class Op, class Rule, class Result, class Args>
concept divided_call =
    grouped_call<Op, Args> && some_rule<Rule> &&
    requires(std::vector<std::size_t>& bytes, Result const& result, Args const& args) { divided<Rule>::over(bytes, args, result); };

template <class Op, class Result>
concept gives_work = returns_work<Op> && ((returns_of<Op> == returns::work && any_work<Result>) ||
                                          (returns_of<Op> == returns::tensors_and_work && requires(Result const& result) {
                                            { arg<1>::of(result, result) } -> any_work;
                                          }));

}  // namespace detail

/// The accessors of PyTorch's `CollectiveOp`, and the payload beside them, over typed arguments: `args` is a tuple of them (or another
/// product), in the order of the operator's schema, `result` what the operator returned. What an operator does not have, as the size of a
/// barrier or the group of `wait_tensor`, is refused by a constraint. `any_op.hpp` has the same over run-time values.
struct collective_op {
  /// As `commfold::sum_tensors`.
  static constexpr detail::sum_tensors_fn sum_tensors{};

  /// The bytes of storage behind the tensors that PyTorch's `get_comm_tensor_size` looks at: a constant where they are static.
  template <class Op, class Result, class Args>
    requires detail::sized_call<Op, Result, Args>
  [[nodiscard]] static constexpr auto get_comm_tensor_size(Op, Result const& result, Args const& args) {
    return detail::weighed<typename Op::counts>::as(commfold::sum_tensors, args, result);
  }

  /// The argument that is the group.
  template <class Op, class Args>
    requires detail::grouped_call<Op, Args>
  [[nodiscard]] static constexpr auto get_process_group(Op, Args const& args) {
    return Op::group::of(args, args);
  }

  /// The work in what the operator returned.
  template <class Op, class Result>
    requires detail::gives_work<Op, Result>
  [[nodiscard]] static constexpr auto get_work(Op, Result const& result) {
    if constexpr (returns_of<Op> == returns::work)
      return result;
    else
      return detail::arg<1>::of(result, result);
  }

  /// Payload, numel x itemsize: what this rank hands in, what it gets out, and the S of nccl-tests. `inferred` is the tensors that the
  /// operator made or changed.
  template <class Op, class Result, class Args>
    requires detail::paid_call<Op, typename Op::input, Result, Args>
  [[nodiscard]] static constexpr std::size_t input_bytes(Op, Result const& inferred, Args const& args) {
    return detail::weighed<typename Op::input>::as(detail::tree_payload, args, inferred);
  }
  template <class Op, class Result, class Args>
    requires detail::paid_call<Op, typename Op::output, Result, Args>
  [[nodiscard]] static constexpr std::size_t output_bytes(Op, Result const& inferred, Args const& args) {
    return detail::weighed<typename Op::output>::as(detail::tree_payload, args, inferred);
  }
  template <class Op, class Result, class Args>
    requires detail::paid_call<Op, typename Op::message, Result, Args>
  [[nodiscard]] static constexpr std::size_t message_bytes(Op, Result const& inferred, Args const& args) {
    return detail::weighed<typename Op::message>::as(detail::tree_payload, args, inferred);
  }

  /// The payload for each rank of the group, and from each, of the calls that divide it: lists with one entry a rank, splits, batches.
  template <class Op, class Result, class Args>
    requires detail::divided_call<Op, typename Op::input_by_rank, Result, Args>
  [[nodiscard]] static constexpr std::vector<std::size_t> input_bytes_by_rank(Op, Result const& inferred, Args const& args) {
    return detail::bytes_by_rank<typename Op::input_by_rank>(Op::group::of(args, args), inferred, args);
  }
  template <class Op, class Result, class Args>
    requires detail::divided_call<Op, typename Op::output_by_rank, Result, Args>
  [[nodiscard]] static constexpr std::vector<std::size_t> output_bytes_by_rank(Op, Result const& inferred, Args const& args) {
    return detail::bytes_by_rank<typename Op::output_by_rank>(Op::group::of(args, args), inferred, args);
  }

  /// The same over run-time values, of an operator found by its name; `any_op.hpp` defines them. `result` is what the operator returned.
  /// What an operator does not have, an argument that is missing, and one of another kind than the schema says are an `invalid_argument`
  /// that names the operator. As PyTorch's, the size looks at nothing but the tensors that it counts: the call need not be one that runs.
  [[nodiscard]] static std::size_t get_comm_tensor_size(any_op const& op, value const& result, call_arguments const& args);
  [[nodiscard]] static dynamic_group get_process_group(any_op const& op, call_arguments const& args);
  [[nodiscard]] static fake_work<> get_work(any_op const& op, value const& result);
  [[nodiscard]] static std::size_t input_bytes(any_op const& op, value const& result, call_arguments const& args);
  [[nodiscard]] static std::size_t output_bytes(any_op const& op, value const& result, call_arguments const& args);
  [[nodiscard]] static std::size_t message_bytes(any_op const& op, value const& result, call_arguments const& args);
  [[nodiscard]] static std::vector<std::size_t> input_bytes_by_rank(any_op const& op, value const& result, call_arguments const& args);
  [[nodiscard]] static std::vector<std::size_t> output_bytes_by_rank(any_op const& op, value const& result, call_arguments const& args);
};

}  // namespace commfold
