// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/call_rules.hpp>

namespace {
namespace cf = commfold;
using cf::call_rules;
using cf::call_term;
using cf::part_rule;
using cf::size_rule;

// A term is an argument, the result, or nothing.
static_assert(call_term{}.is_nothing() && !call_term{}.is_argument() && !call_term{}.is_result());
static_assert(call_term{3}.is_argument() && !call_term{3}.is_nothing() && !call_term{3}.is_result());
static_assert(call_term{call_term::of_result}.is_result() && !call_term{call_term::of_result}.is_argument() &&
              !call_term{call_term::of_result}.is_nothing());
static_assert(call_term{3} == call_term{3} && call_term{3} != call_term{2} && call_term{} != call_term{0});

// Whatever is left out is nothing.
static_assert(size_rule{}.is_nothing() && part_rule{}.is_nothing() && size_rule(call_term{}).is_nothing());
static_assert(call_rules{}.group.is_nothing() && call_rules{}.counts.is_nothing() && call_rules{}.input.is_nothing() &&
              call_rules{}.output.is_nothing() && call_rules{}.message.is_nothing() && call_rules{}.input_by_rank.is_nothing() &&
              call_rules{}.output_by_rank.is_nothing() && call_rules{}.aliases.is_nothing() && call_rules{}.root.is_nothing() &&
              call_rules{}.peer.is_nothing());

// The words of a row, each with its form and its terms.
using words = cf::detail::rule_words;
constexpr call_term nothing = words::nothing;
constexpr call_term result = words::result;
static_assert(nothing == call_term{} && result == call_term{call_term::of_result} && words::arg(3) == call_term{3});

constexpr bool is(size_rule rule, size_rule::form how, call_term a, call_term b) {
  return rule.how == how && rule.a == a && rule.b == b && !rule.is_nothing();
}
constexpr bool is(part_rule rule, part_rule::form how, call_term tensors, call_term sizes) {
  return rule.how == how && rule.tensors == tensors && rule.sizes == sizes && !rule.is_nothing();
}
constexpr call_term zero{0};
constexpr call_term one{1};
static_assert(is(size_rule(one), size_rule::one, one, nothing));
static_assert(is(words::larger(one, result), size_rule::larger, one, result) && is(words::both(one, zero), size_rule::both, one, zero));
static_assert(is(words::times_ranks(one), size_rule::times_ranks, one, nothing) &&
              is(words::on_root(one, zero), size_rule::on_root, one, zero));
static_assert(is(words::sends(one), size_rule::sends, one, nothing) && is(words::receives(one), size_rule::receives, one, nothing));
static_assert(is(words::each(one), part_rule::entries, one, nothing) &&
              is(words::each_of_each(one), part_rule::entries_of_each, one, nothing));
static_assert(is(words::split(one, zero), part_rule::split, one, zero) &&
              is(words::split_or_even(result, zero), part_rule::split_or_even, result, zero));
static_assert(is(words::to_peers(one), part_rule::sends, one, nothing) && is(words::from_peers(one), part_rule::receives, one, nothing));

// In place: the tensors are all that is counted, and what is returned.
constexpr call_rules rooted = words::in_place(zero, one, call_term{2});
constexpr call_rules rootless = words::in_place(call_term{3}, one);
static_assert(rooted ==
              call_rules{.group = one, .counts = zero, .input = zero, .output = zero, .message = zero, .aliases = zero, .root = {2}});
static_assert(rootless.input == call_term{3} && rootless.aliases == call_term{3} && rootless.root.is_nothing() && rooted != rootless);

// A rule is the argument of a template.
template <size_rule Rule>
constexpr size_rule::form form_of = Rule.how;
static_assert(form_of<words::both(zero, result)> == size_rule::both);

}  // namespace
