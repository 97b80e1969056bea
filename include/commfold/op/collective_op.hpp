// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/collective_op.hpp
/// PyTorch's `CollectiveOp`: size, group and work of a call of any operator, from its row of the table.

#include <commfold/group/process_group.hpp>
#include <commfold/op/argument_summary.hpp>
#include <commfold/op/by_rank.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/interpreter.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/terms.hpp>
#include <commfold/op/work.hpp>
#include <commfold/tree/sum.hpp>

#include <cstddef>
#include <type_traits>
#include <vector>

namespace commfold {
namespace detail {

// Small concepts with names of their own: a compiler that refuses a call prints the first that is false. They take a rule by the pointer to
// its member of `call_rules`, so that compilers print which it is, and because g++ 12 crashes where one concept hands another a rule.

template <class Op, auto Rule>
concept has_rule = operator_row<Op> && !(Op::rules.*Rule).is_nothing();
template <class Op>
concept has_comm_tensor_size = has_rule<Op, &call_rules::counts>;
template <class Op>
concept has_process_group = has_rule<Op, &call_rules::group>;
template <class Op>
concept returns_work = operator_row<Op> && (returns_of<Op> == returns::work || returns_of<Op> == returns::tensors_and_work);

// A variable, because g++ 12 crashes on `.a` in a concept.
template <class Op, size_rule Rule, class Result, class Args>
inline constexpr bool parts_fit_schema = part_fits_schema<Op, Rule.a, Args, Result> && part_fits_schema<Op, Rule.b, Args, Result>;

/// What a rule looks at is there, and is what the schema says.
template <class Op, size_rule call_rules::* Rule, class Result, class Args>
concept fits_schema = parts_fit_schema<Op, Op::rules.*Rule, Result, Args> && (!reads_batch(Op::rules.*Rule) || is_batch<Args>());

template <class Op, class Args>
concept grouped_call =
    has_process_group<Op> && has_argument<Args, Op::rules.group.index> && any_group<type_of_part<Op::rules.group, Args, no_part>>;

template <class Op, class Result, class Args>
concept sized_call = has_comm_tensor_size<Op> && fits_schema<Op, &call_rules::counts, Result, Args>;

template <class Op, size_rule call_rules::* Rule, class Result, class Args>
concept paid_call = has_rule<Op, Rule> && fits_schema<Op, Rule, Result, Args> && (!reads_group(Op::rules.*Rule) || grouped_call<Op, Args>);

template <class Op, part_rule call_rules::* Rule, class Result, class Args>
concept divided_call = has_rule<Op, Rule> && grouped_call<Op, Args> && can_divide<Op::rules.*Rule, Args, Result>();

/// The work stands alone, or beside the tensors.
template <class Op, class Result>
concept gives_work =
    returns_work<Op> &&
    ((returns_of<Op> == returns::work && any_work<Result>) ||
     (returns_of<Op> == returns::tensors_and_work && has_argument<Result, 1> && any_work<type_of_part<call_term{1}, Result, no_part>>));

/// The weight of a part, by what `Weigh` asks of it; that of no part is 0.
template <call_term Term, class Weigh, class Args, class Result>
constexpr argument_weight weight_at(Weigh weigh, [[maybe_unused]] Args const& args, [[maybe_unused]] Result const& result) {
  if constexpr (Term.is_nothing())
    return {};
  else
    return weigh(part_at<Term>(args, result));
}

/// The payload under a rule of a call.
template <class Op, size_rule Rule, class Args, class Result>
constexpr std::size_t payload_of_call(Args const& args, Result const& result) {
  auto const weigh = [](auto const& part) { return payload_summary(part); };
  argument_weight group;
  if constexpr (reads_group(Rule)) group = weight_at<Op::rules.group>(weigh, args, result);
  if constexpr (reads_batch(Rule))
    return checked_bytes_under(Op::verb, Rule.how, batch_summary<Op>(argument_at<0>(args), argument_at<1>(args), argument_at<3>(args)), {},
                               group);
  else
    return checked_bytes_under(Op::verb, Rule.how, weight_at<Rule.a>(weigh, args, result), weight_at<Rule.b>(weigh, args, result), group);
}

/// An operator that was found by its name answers itself: `dynamic_op`.
template <class Op>
concept answers_itself = requires { typename Op::arguments_type; };

}  // namespace detail

/// The accessors of PyTorch's `CollectiveOp`, and the payload beside them: `args` is a tuple of the arguments (or another product) in the
/// order of the operator's schema, `result` what the operator returned. What an operator does not have, as the size of a barrier or the
/// group of `wait_tensor`, is refused by a constraint. An operator that was found by its name takes `call_arguments` and throws instead:
/// see `dynamic_op`.
struct collective_op {
  /// As `commfold::sum_tensors`.
  static constexpr detail::sum_tensors_fn sum_tensors{};

  /// The bytes of storage behind the tensors that PyTorch's `get_comm_tensor_size` looks at: a constant where they are static.
  template <class Op, class Result, class Args>
    requires detail::sized_call<Op, Result, Args>
  [[nodiscard]] static constexpr auto get_comm_tensor_size(Op, [[maybe_unused]] Result const& result, [[maybe_unused]] Args const& args) {
    constexpr size_rule rule = Op::rules.counts;
    static_assert(
        !detail::reads_group(rule) && !detail::reads_batch(rule),
        "commfold::get_comm_tensor_size: the rule `counts` is a term, the larger of two or both, and reads neither group nor batch");
    constexpr std::size_t a = static_tree_bytes<detail::type_of_part<rule.a, Args, Result>>;
    constexpr std::size_t b = static_tree_bytes<detail::type_of_part<rule.b, Args, Result>>;
    constexpr detail::bytes_found known =
        detail::bytes_under(rule.how, detail::storage_weight_of_type(a), detail::storage_weight_of_type(b), {});
    static_assert(known.fits && a != detail::too_many_bytes && b != detail::too_many_bytes,
                  "commfold::get_comm_tensor_size: the bytes of this call do not fit std::size_t");
    if constexpr (known.known) {
      return size_constant<known.bytes>{};
    } else {
      auto const weigh = [](auto const& part) { return detail::storage_weight(part); };
      return detail::checked_bytes_under(Op::verb, rule.how, detail::weight_at<rule.a>(weigh, args, result),
                                         detail::weight_at<rule.b>(weigh, args, result), {});
    }
  }

  /// The argument that is the group.
  template <class Op, class Args>
    requires detail::grouped_call<Op, Args>
  [[nodiscard]] static constexpr auto get_process_group(Op, Args const& args) {
    return detail::argument_at<Op::rules.group.index>(args);
  }

  /// The work in what the operator returned.
  template <class Op, class Result>
    requires detail::gives_work<Op, Result>
  [[nodiscard]] static constexpr auto get_work(Op, Result const& result) {
    if constexpr (returns_of<Op> == returns::work)
      return result;
    else
      return detail::argument_at<1>(result);
  }

  /// Payload, numel x itemsize: what this rank hands in, what it gets out, and the S of nccl-tests. `made` is the tensors that the operator
  /// made or changed. `overflow_error` where a size does not fit.
  template <class Op, class Made, class Args>
    requires detail::paid_call<Op, &call_rules::input, Made, Args>
  [[nodiscard]] static constexpr std::size_t input_bytes(Op, Made const& made, Args const& args) {
    return detail::payload_of_call<Op, Op::rules.input>(args, made);
  }
  template <class Op, class Made, class Args>
    requires detail::paid_call<Op, &call_rules::output, Made, Args>
  [[nodiscard]] static constexpr std::size_t output_bytes(Op, Made const& made, Args const& args) {
    return detail::payload_of_call<Op, Op::rules.output>(args, made);
  }
  template <class Op, class Made, class Args>
    requires detail::paid_call<Op, &call_rules::message, Made, Args>
  [[nodiscard]] static constexpr std::size_t message_bytes(Op, Made const& made, Args const& args) {
    return detail::payload_of_call<Op, Op::rules.message>(args, made);
  }

  /// The payload for each rank of the group, and from each, of the calls that divide it: lists with one entry a rank, splits, batches.
  template <class Op, class Made, class Args>
    requires detail::divided_call<Op, &call_rules::input_by_rank, Made, Args>
  [[nodiscard]] static constexpr std::vector<std::size_t> input_bytes_by_rank(Op op, Made const& made, Args const& args) {
    return detail::parts_by_rank<Op, Op::rules.input_by_rank>(get_process_group(op, args).size, args, made);
  }
  template <class Op, class Made, class Args>
    requires detail::divided_call<Op, &call_rules::output_by_rank, Made, Args>
  [[nodiscard]] static constexpr std::vector<std::size_t> output_bytes_by_rank(Op op, Made const& made, Args const& args) {
    return detail::parts_by_rank<Op, Op::rules.output_by_rank>(get_process_group(op, args).size, args, made);
  }

  // Of an operator that was found by its name. The default types are those of arguments in braces.
  template <detail::answers_itself Op, class Result = typename Op::result_type, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto get_comm_tensor_size(Op const& op, Result const& result, Args const& args) {
    return op.get_comm_tensor_size(result, args);
  }
  template <detail::answers_itself Op, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto get_process_group(Op const& op, Args const& args) {
    return op.get_process_group(args);
  }
  template <detail::answers_itself Op, class Result = typename Op::result_type>
  [[nodiscard]] static auto get_work(Op const& op, Result const& result) {
    return op.get_work(result);
  }
  template <detail::answers_itself Op, class Result = typename Op::result_type, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto input_bytes(Op const& op, Result const& result, Args const& args) {
    return op.input_bytes(result, args);
  }
  template <detail::answers_itself Op, class Result = typename Op::result_type, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto output_bytes(Op const& op, Result const& result, Args const& args) {
    return op.output_bytes(result, args);
  }
  template <detail::answers_itself Op, class Result = typename Op::result_type, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto message_bytes(Op const& op, Result const& result, Args const& args) {
    return op.message_bytes(result, args);
  }
  template <detail::answers_itself Op, class Result = typename Op::result_type, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto input_bytes_by_rank(Op const& op, Result const& result, Args const& args) {
    return op.input_bytes_by_rank(result, args);
  }
  template <detail::answers_itself Op, class Result = typename Op::result_type, class Args = typename Op::arguments_type>
  [[nodiscard]] static auto output_bytes_by_rank(Op const& op, Result const& result, Args const& args) {
    return op.output_bytes_by_rank(result, args);
  }
};

}  // namespace commfold
