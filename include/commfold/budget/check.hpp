// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/check.hpp
/// What of a budget is broken, in words: `check`, `budget_violation`.

#include <commfold/budget/budget.hpp>
#include <commfold/budget/within.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/size/format.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/text/digits.hpp>
#include <commfold/text/fixed_text.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/record_array.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold {

/// Calls of one operator, group and phase, and what they add to a number that a budget limits. `Name` is `std::string`, or in a constant
/// a view of the ledger's name.
template <class Name>
struct basic_budget_contribution {
  std::string_view op{};
  Name group{};
  std::size_t group_size = 0;
  Name phase{};
  std::size_t amount = 0;  ///< calls, bytes, or the bytes of the largest (of a floor: smallest) single call
};

/// A number outside its range. What `of` names are views of the budget's names; all else is the violation's own.
template <class Name>
struct basic_budget_violation {
  std::size_t rule = 0;  ///< which of the budgets, from 0
  call_filter of{};      ///< the calls that it is over
  budget_measure what = budget_measure::calls;
  std::string_view domain{};  ///< of a number of bytes between domains
  bool too_much = false;      ///< above the ceiling, else below the floor
  std::size_t found = 0;
  std::size_t limit = 0;
  basic_budget_contribution<Name> largest[3]{};  ///< the largest contributions, largest first; for one call's floor the smallest
  std::size_t contributions = 0;                 ///< how many of these there are
};

using budget_contribution = basic_budget_contribution<std::string>;
using budget_violation = basic_budget_violation<std::string>;

namespace detail {

// `Text` is a `std::string` at run time, and in a constant a text in place.

template <class Text>
constexpr void append_number(Text& text, std::size_t n) {
  text.append(digits(n, ' ').view());
}

template <class Text>
constexpr void append_amount(Text& text, budget_measure what, std::size_t n) {
  if (what == budget_measure::calls || what == budget_measure::nanoseconds)
    append_number(text, n);
  else
    text.append(text_of_bytes(n).view());
}

template <class Text>
constexpr void append_quoted(Text& text, std::string_view before, std::string_view name) {
  text.append(before);
  text.append("'");
  text.append(name);
  text.append("'");
}

/// " of c10d::allreduce_ over 'tp' in phase 'backward' in bfloat16"; nothing for every call.
template <class Text>
constexpr void append_filter(Text& text, call_filter const& of) {
  if (of.op.is_given()) {
    text.append(" of ");
    text.append(of.op.view());
  }
  if (of.kind.is_given()) {
    text.append(" of kind ");
    text.append(name(of.kind.value()));
  }
  if (of.group.is_given()) append_quoted(text, " over ", of.group.view());
  if (of.phase.is_given() && of.phase.view().empty()) text.append(" outside any phase");
  if (!of.phase.view().empty()) append_quoted(text, " in phase ", of.phase.view());
  if (of.dtype) {
    text.append(" in ");
    text.append(std::string_view(name(*of.dtype)));
  }
  if (of.message_size.at_least != 0) {
    text.append(" in messages of at least ");
    append_number(text, of.message_size.at_least);
    text.append(" B");
  }
  if (of.message_size.at_most != dyn) {
    text.append(of.message_size.at_least != 0 ? " and at most " : " in messages of at most ");
    append_number(text, of.message_size.at_most);
    text.append(" B");
  }
}

/// "_c10d_functional::all_reduce over 'tp' in 'forward' 1 310 720 B (1.2 MiB)"
template <class Text, class Name>
constexpr void append_contribution(Text& text, basic_budget_contribution<Name> const& one, budget_measure what) {
  text.append(one.op);
  append_quoted(text, " over ", one.group);
  if (!one.phase.empty()) append_quoted(text, " in ", one.phase);
  text.append(" ");
  append_amount(text, what, one.amount);
}

/// "message bytes", "bytes between domains 'node'"
template <class Text, class Name>
constexpr void append_measure(Text& text, basic_budget_violation<Name> const& v) {
  text.append(words_for(v.what));
  if (v.what == budget_measure::between) append_quoted(text, " ", v.domain);
}

template <class Text, class Name>
constexpr void append_violation(Text& text, basic_budget_violation<Name> const& v) {
  append_measure(text, v);
  append_filter(text, v.of);
  text.append(": ");
  append_amount(text, v.what, v.found);
  text.append(v.too_much ? ", at most " : ", at least ");
  append_amount(text, v.what, v.limit);
  if (v.contributions == 0) text.append("; no such call was recorded");
  for (std::size_t i = 0; i < v.contributions; ++i) {
    text.append(i != 0 ? ", " : v.what == budget_measure::message_size && !v.too_much ? "; smallest: " : "; largest: ");
    append_contribution(text, v.largest[i], v.what);
  }
}

/// What one row adds to a number, of which `rank` is the rank that sends or receives most.
template <class Traffic, class Row>
constexpr std::size_t amount_of(Traffic const& traffic, Row const& row, std::size_t rank, budget_measure what, std::string_view domain) {
  if (what == budget_measure::calls) return row.calls();
  if (what == budget_measure::message_bytes) return row.totals().message_bytes;
  if (what == budget_measure::input_bytes) return row.totals().input_bytes;
  if (what == budget_measure::output_bytes) return row.totals().output_bytes;
  if constexpr (on_the_wire<Traffic>) {
    if (what == budget_measure::sent_bytes) return traffic.of_rank(rank, row).all().sent_bytes;
    if (what == budget_measure::received_bytes) return traffic.of_rank(rank, row).all().received_bytes;
    if (what == budget_measure::between) return traffic.bytes_between(domain, row);
    if constexpr (Traffic::is_timed)
      if (what == budget_measure::nanoseconds) return nanoseconds_of(traffic.microseconds(row));
  }
  return row.call().bytes().message_bytes;
}

/// The rank whose number it is.
template <class Traffic>
constexpr std::size_t rank_of_number(Traffic const& traffic, budget_measure what, call_filter const& of) {
  if constexpr (on_the_wire<Traffic>) {
    if (what == budget_measure::sent_bytes) return traffic.busiest_sender(of);
    if (what == budget_measure::received_bytes) return traffic.busiest_receiver(of);
  }
  return 0;
}

/// Fills in the three largest contributions.
template <class Name, class Traffic, class View = std::string_view>
constexpr void find_largest(basic_budget_violation<Name>& v, Traffic const& traffic) {
  using contribution = basic_budget_contribution<View>;
  bool const one_call = v.what == budget_measure::message_size;
  bool const smallest = one_call && !v.too_much;
  auto const exceeds = [smallest](std::size_t a, std::size_t b) { return smallest ? a < b : a > b; };

  growing_array<contribution> all;  // in the order of the first call of each
  std::size_t const rank = rank_of_number(traffic, v.what, v.of);
  for (auto const& row : traffic.rows()) {
    auto const& call = row.call();
    if (!v.of(call)) continue;
    std::size_t const amount = amount_of(traffic, row, rank, v.what, v.domain);
    std::size_t at = 0;
    auto const same = [&call](contribution const& c) {
      return c.group_size == call.group_size() && c.group == call.group() && c.phase == call.phase() && c.op == call.op();
    };
    while (at != all.size() && !same(all[at])) ++at;
    if (at == all.size())
      all.push_back({call.op(), call.group(), call.group_size(), call.phase(), amount});
    else if (!one_call)
      all[at].amount += amount;  // a part of a total that fitted
    else if (exceeds(amount, all[at].amount))
      all[at].amount = amount;
  }

  constexpr std::size_t most = 3;
  for (std::size_t i = 0; i != all.size(); ++i) {
    std::size_t at = v.contributions;
    while (at != 0 && exceeds(all[i].amount, v.largest[at - 1].amount)) --at;
    if (at == most) continue;
    if (v.contributions != most) ++v.contributions;
    for (std::size_t after = v.contributions - 1; after != at; --after) v.largest[after] = v.largest[after - 1];
    v.largest[at] = {all[i].op, Name(all[i].group), all[i].group_size, Name(all[i].phase), all[i].amount};
  }
}

/// Calls on_violation(violation) for each number outside the ranges of one budget, in their order. The contributions are not filled in.
template <class Violation, class Traffic, class Found>
constexpr void for_each_violation_of(Traffic const& traffic, budget const& limit, std::size_t rule, Found&& on_violation) {
  for_each_range(traffic, limit, [&](budget_measure what, std::size_t at_least, std::size_t at_most, found_range found) {
    auto const report = [&](bool too_much, std::size_t number, std::size_t bound) {
      on_violation(Violation{.rule = rule,
                             .of = limit.of,
                             .what = what,
                             .domain = limit.between.domain,
                             .too_much = too_much,
                             .found = number,
                             .limit = bound});
    };
    if (found.most > at_most) report(true, found.most, at_most);
    if (found.least < at_least) report(false, found.least, at_least);
  });
}

/// Likewise for one budget, or for several in their order.
template <class Violation, class Traffic, class Budgets, class Found>
constexpr void for_each_violation(Traffic const& traffic, Budgets const& limits, Found&& on_violation) {
  if constexpr (std::is_same_v<Budgets, budget>) {
    for_each_violation_of<Violation>(traffic, limits, 0, on_violation);
  } else {
    std::size_t rule = 0;
    for (budget const& limit : limits) for_each_violation_of<Violation>(traffic, limit, rule++, on_violation);
  }
}

struct check_fn {
  template <class Traffic, class Budgets, class Violation = budget_violation>
    requires is_traffic<Traffic>
  [[nodiscard]] std::vector<Violation> operator()(Traffic const& traffic, Budgets const& limits) const {
    std::vector<Violation> all;
    for_each_violation<Violation>(traffic, limits, [&](Violation v) {
      find_largest(v, traffic);
      all.push_back(std::move(v));
    });
    return all;
  }
};

}  // namespace detail

/// "message bytes over 'tp': 1 310 720 B (1.2 MiB), at most 1 000 000 B (976.6 KiB); largest: …", and three contributors.
template <class Name, class Text = std::string>
[[nodiscard]] Text to_string(basic_budget_violation<Name> const& violation) {
  Text text;
  detail::append_violation(text, violation);
  return text;
}

/// check(ledger, budget), check(ledger, budgets): every number that lies outside its range, in the order of the budgets; empty where
/// `within` holds. Refuses what `within` refuses.
inline constexpr detail::check_fn check{};

}  // namespace commfold
