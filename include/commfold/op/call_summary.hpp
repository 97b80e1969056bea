// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/call_summary.hpp
/// One call with the types of its arguments forgotten: what a recorder writes down.

#include <commfold/op/argument_summary.hpp>
#include <commfold/op/by_rank.hpp>
#include <commfold/op/call_bytes.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/interpreter.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/terms.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tree/for_each.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace commfold {

/// A call as one rank makes it. All bytes are payload.
struct call_summary {
  std::string_view op;  ///< the operator's qualified name; it lives as long as the program
  collective_kind kind{};
  std::string_view group;  ///< may be a view into a `dynamic_group`
  std::size_t group_size = 0;
  std::optional<commfold::dtype> dtype{};  ///< nothing where the message has no tensor, or tensors of several dtypes
  call_bytes bytes{};
  std::optional<std::size_t> root{};  ///< of a broadcast, reduce, gather or scatter: a rank of the group
  std::optional<std::size_t> peer{};  ///< of a send or a receive: a rank of the group
  bool several = false;               ///< whether the message is a list of more than one entry: libraries differ in what they make of it
};

/// The payload of a call for each rank of the group, and from each. A side is empty where the call does not divide its payload. Of a call
/// whose tensors may be communicated one by one, the payload of each tensor.
struct call_parts {
  std::vector<std::size_t> input;
  std::vector<std::size_t> output;
  std::vector<std::size_t> tensors;
};

namespace detail {

/// What a row says of all its calls: one constant for an operator, so that what reads it is no template.
struct row_facts {
  char const* verb;
  std::string_view op;
  collective_kind kind;
  call_rules rules;
};
template <operator_row Op>
inline constexpr row_facts facts_of{Op::verb, Op::name, Op::kind, Op::rules};

/// Whether a rule of the operator asks for the sends or the receives of a batch.
template <class Op>
inline constexpr bool reads_batch_in = reads_batch(Op::rules.input) || reads_batch(Op::rules.output);

/// The summaries of a call's arguments. The first argument stands apart: it is mostly a tensor whose type no other call has, while the
/// others are mostly equal in many calls, and then are one constant for all of these.
struct argument_summaries {
  argument_summary const& first;
  argument_summary const* others;
  argument_summary const& made;

  [[nodiscard]] constexpr argument_summary const& at(call_term term) const noexcept {
    if (term.is_argument()) return term.index == 0 ? first : others[term.index - 1];
    return term.is_result() ? made : no_summary;
  }
};

/// Not a template: from here on nothing depends on the operator or on the types of its arguments.
constexpr call_summary summary_of_call(row_facts const& row, argument_summaries const& of) {
  call_rules const& rules = row.rules;
  argument_summary const& group = of.at(rules.group);
  auto const bytes = [&](size_rule const& rule) { return checked_bytes_under(row.verb, rule.how, of.at(rule.a), of.at(rule.b), group); };
  auto const rank = [&](call_term term) { return term.is_nothing() ? std::nullopt : std::optional(of.at(term).number); };
  return {.op = row.op,
          .kind = row.kind,
          .group = group.group_name,
          .group_size = group.number,
          .dtype = dtype_of_rule(rules.message.how, of.at(rules.message.a), of.at(rules.message.b)),
          .bytes = {bytes(rules.input), bytes(rules.output), bytes(rules.message)},
          .root = rank(rules.root),
          .peer = rank(rules.peer),
          .several = of.at(rules.message.a).length > 1};
}

/// The summaries of arguments whose types say all that a rule may ask: one constant for all calls with these types.
template <class... Args>
inline constexpr argument_summary summaries_of_types[] = {payload_summary(Args{})..., argument_summary{}};

/// The summary of a batch of sends and receives. Only its list of operations says which of its tensors are sent and which are received.
template <class Op, class Made, class... Args>
constexpr call_summary summarize_batch(Made const& made, Args const&... args) {
  arguments<Args...> const all(args...);
  argument_summary given[] = {payload_summary(args)...};
  given[3] = batch_summary<Op>(argument_at<0>(all), argument_at<1>(all), argument_at<3>(all));
  return summary_of_call(facts_of<Op>, {given[0], given + 1, payload_summary(made)});
}

/// summarize<Op>(made, args...): the summary of a call with these arguments, which made or changed these tensors.
template <operator_row Op, class Made, class First, class... Others>
constexpr call_summary summarize(Made const& made, First const& first, Others const&... others) {
  if constexpr (reads_batch_in<Op>) {
    return summarize_batch<Op>(made, first, others...);
  } else if constexpr (__is_same(Made, First) && __is_empty(Made) && (... && summarized_by_type<Others>)) {
    // What was made is the same: an empty type has one value. By intrinsics, since this is asked of every type of tensor.
    argument_summary const tensor = payload_summary(first);
    return summary_of_call(facts_of<Op>, {tensor, summaries_of_types<Others...>, tensor});
  } else if constexpr ((... && summarized_by_type<Others>)) {
    return summary_of_call(facts_of<Op>, {payload_summary(first), summaries_of_types<Others...>, payload_summary(made)});
  } else {
    argument_summary const all[] = {payload_summary(others)...};
    return summary_of_call(facts_of<Op>, {payload_summary(first), all, payload_summary(made)});
  }
}

/// Whether an operator divides its payload among the ranks, or has one for each tensor.
template <operator_row Op>
inline constexpr bool may_have_parts =
    !Op::rules.input_by_rank.is_nothing() || !Op::rules.output_by_rank.is_nothing() || !Op::rules.tensors.is_nothing();

/// parts_of_call<Op>(made, args...): the parts of a call by rank, and by tensor.
template <operator_row Op, class Made, class... Args>
constexpr call_parts parts_of_call(Made const& made, Args const&... args) {
  arguments<Args...> const all(args...);
  std::size_t const ranks = argument_at<Op::rules.group.index>(all).size;
  call_parts parts;
  if constexpr (can_divide<Op::rules.input_by_rank, arguments<Args...>, Made>())
    parts.input = parts_by_rank<Op, Op::rules.input_by_rank>(ranks, all, made);
  if constexpr (can_divide<Op::rules.output_by_rank, arguments<Args...>, Made>())
    parts.output = parts_by_rank<Op, Op::rules.output_by_rank>(ranks, all, made);
  if constexpr (!Op::rules.tensors.is_nothing())
    tree_for_each([&parts](auto const& leaf) { parts.tensors.push_back(payload_summary(leaf).bytes); },
                  part_at<Op::rules.tensors>(all, made));
  return parts;
}

}  // namespace detail
}  // namespace commfold
