// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/check.hpp
/// What of a budget is broken, in words: `check`, `budget_violation`.

#include <commfold/budget/budget.hpp>
#include <commfold/size/format.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/text/digits.hpp>
#include <commfold/text/fixed_text.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/totals_by.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace commfold {

/// Calls of one operator, group and phase, and what they add to a number that a budget limits.
struct budget_contribution {
  call_record like{};      ///< the first of them
  std::size_t amount = 0;  ///< calls, bytes, or the bytes of the largest (of a floor: smallest) single call
};

/// A number outside its range. Names in `of` are views of those in the budget.
struct budget_violation {
  std::size_t rule = 0;  ///< which of the budgets, from 0
  call_filter of{};      ///< the calls that it is over
  budget_measure what = budget_measure::calls;
  bool too_much = false;  ///< above the ceiling, else below the floor
  std::size_t found = 0;
  std::size_t limit = 0;
  std::array<budget_contribution, 3> largest{};  ///< the largest contributions, largest first; for one call's floor the smallest
  std::size_t contributions = 0;                 ///< how many of these there are
};

namespace detail {

// All that works on rows is templates, so that nothing is instantiated but for those who ask.

using sentence = fixed_text<1024>;  // six names of at most 63 characters, an operator's of less than 70 three times, and the words between

constexpr void append_amount(sentence& text, budget_measure what, std::size_t n) {
  if (what == budget_measure::calls)
    text.append(digits(n, ' ').view());
  else
    text.append(text_of_bytes(n).view());
}

constexpr void append_quoted(sentence& text, std::string_view before, std::string_view name) {
  text.append(before);
  text.append('\'');
  text.append(name);
  text.append('\'');
}

/// " of c10d::allreduce_ over 'tp' in phase 'backward' in bfloat16"; nothing for every call.
constexpr void append_filter(sentence& text, call_filter const& of) {
  if (of.op.is_given()) {
    text.append(" of ");
    text.append(of.op.view());
  }
  if (of.group.is_given()) append_quoted(text, " over ", of.group.view());
  if (of.phase.is_given() && of.phase.view().empty()) text.append(" outside any phase");
  if (!of.phase.view().empty()) append_quoted(text, " in phase ", of.phase.view());
  if (of.dtype) {
    text.append(" in ");
    text.append(name(*of.dtype));
  }
  if (of.message_size.at_least != 0) {
    text.append(" in messages of at least ");
    text.append(digits(of.message_size.at_least, ' ').view());
    text.append(" B");
  }
  if (of.message_size.at_most != dyn) {
    text.append(of.message_size.at_least != 0 ? " and at most " : " in messages of at most ");
    text.append(digits(of.message_size.at_most, ' ').view());
    text.append(" B");
  }
}

/// "_c10d_functional::all_reduce over 'tp' in 'forward' 1 310 720 B (1.2 MiB)"
constexpr sentence words_of(budget_contribution const& one, budget_measure what) {
  sentence text;
  text.append(one.like.op());
  append_quoted(text, " over ", one.like.group());
  if (!one.like.phase().empty()) append_quoted(text, " in ", one.like.phase());
  text.append(' ');
  append_amount(text, what, one.amount);
  return text;
}

constexpr sentence words_of(budget_violation const& v) {
  sentence text;
  text.append(words_of(v.what));
  append_filter(text, v.of);
  text.append(": ");
  append_amount(text, v.what, v.found);
  text.append(v.too_much ? ", at most " : ", at least ");
  append_amount(text, v.what, v.limit);
  if (v.contributions == 0) text.append("; no such call was recorded");
  for (std::size_t i = 0; i < v.contributions; ++i) {
    text.append(i != 0 ? ", " : v.what == budget_measure::message_size && !v.too_much ? "; smallest: " : "; largest: ");
    text.append(words_of(v.largest[i], v.what).view());
  }
  return text;
}

template <class Row>
constexpr std::size_t amount_of(Row const& row, budget_measure what) {
  switch (what) {
    case budget_measure::calls:
      return row.calls();
    case budget_measure::message_bytes:
      return row.totals().message_bytes;
    case budget_measure::input_bytes:
      return row.totals().input_bytes;
    case budget_measure::output_bytes:
      return row.totals().output_bytes;
    case budget_measure::message_size:
      break;
  }
  return row.call().bytes().message_bytes;
}

/// The three contributions that stand first: three passes over the rows, each for the next, and nothing allocated.
template <class Rows>
constexpr void find_largest(budget_violation& v, Rows const& rows) {
  bool const one_call = v.what == budget_measure::message_size;
  bool const smallest = one_call && !v.too_much;
  auto const same = [](auto const& a, auto const& b) { return alike(call_key::op | call_key::group | call_key::phase, a, b); };
  auto const meant = [&](auto const& row) {
    if (!v.of(row.call())) return false;
    for (std::size_t i = 0; i < v.contributions; ++i)
      if (same(row.call(), v.largest[i].like)) return false;
    return true;
  };
  for (bool more = true; more && v.contributions != v.largest.size();) {
    more = false;
    budget_contribution best;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!meant(rows[i])) continue;
      std::size_t amount = amount_of(rows[i], v.what);
      bool counted = false;
      for (std::size_t j = 0; j < i; ++j) counted = counted || (v.of(rows[j].call()) && same(rows[j].call(), rows[i].call()));
      if (counted) continue;  // with the first row of its kind
      for (std::size_t j = i + 1; j < rows.size(); ++j) {
        if (!v.of(rows[j].call()) || !same(rows[j].call(), rows[i].call())) continue;
        std::size_t const other = amount_of(rows[j], v.what);
        if (!one_call)
          amount += other;  // a part of a total that fitted
        else if (smallest ? other < amount : other > amount)
          amount = other;
      }
      if (more && (smallest ? amount >= best.amount : amount <= best.amount)) continue;
      best = {rows[i].call(), amount};
      more = true;
    }
    if (more) v.largest[v.contributions++] = best;
  }
}

/// Calls tell(violation) for each number outside a budget's ranges, in their order.
template <class Rows, class Tell>
constexpr void for_each_violation(Rows const& rows, budget const& limit, std::size_t rule, Tell&& tell) {
  for_each_range(rows, limit, [&](budget_measure what, std::size_t at_least, std::size_t at_most, found_range found) {
    auto const tell_of = [&](bool too_much, std::size_t number, std::size_t bound) {
      tell(budget_violation{.rule = rule, .of = limit.of, .what = what, .too_much = too_much, .found = number, .limit = bound});
    };
    if (found.most > at_most) tell_of(true, found.most, at_most);
    if (found.least < at_least) tell_of(false, found.least, at_least);
  });
}

/// Of one budget, or of each of several, in their order.
template <class Rows, class Tell>
constexpr void for_each_violation(Rows const& rows, budget const& limit, Tell&& tell) {
  detail::for_each_violation(rows, limit, 0, tell);
}
template <class Rows, class Budgets, class Tell>
constexpr void for_each_violation(Rows const& rows, Budgets const& limits, Tell&& tell) {
  std::size_t rule = 0;
  for (budget const& limit : limits) detail::for_each_violation(rows, limit, rule++, tell);
}

struct check_fn {
  template <std::size_t Rows, class Budgets, class Violation = budget_violation>
  [[nodiscard]] std::vector<Violation> operator()(ledger<Rows> const& traffic, Budgets const& limits) const {
    std::vector<Violation> all;
    detail::for_each_violation(traffic.rows(), limits, [&](Violation v) {
      find_largest(v, traffic.rows());
      all.push_back(v);
    });
    return all;
  }
};

}  // namespace detail

/// "message bytes over 'tp': 1 310 720 B (1.2 MiB), at most 1 000 000 B (976.6 KiB); largest: …", and three contributors.
template <std::same_as<budget_violation> Violation>
[[nodiscard]] std::string to_string(Violation const& violation) {
  return std::string(detail::words_of(violation).view());
}

/// check(ledger, budget), check(ledger, budgets): every number that lies outside its range, in the order of the budgets; empty where
/// `within` holds. Refuses what `within` refuses.
inline constexpr detail::check_fn check{};

}  // namespace commfold
