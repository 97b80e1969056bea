// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/within.hpp
/// Whether a step keeps its budget: `within`.

#include <commfold/budget/budget.hpp>
#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/traffic_totals.hpp>

#include <cstddef>

namespace commfold {

namespace detail {

[[noreturn]] constexpr void fail_empty_range(char const* what, std::size_t at_least, std::size_t at_most) {
  fail<invalid_argument>("commfold::within", "no number of {} is at least {} and at most {}", what, at_least, at_most);
}

constexpr char const* words_for(budget_measure what) noexcept {
  constexpr char const* words[] = {"calls", "message bytes", "input bytes", "output bytes", "message bytes of one call"};
  return words[static_cast<std::size_t>(what)];
}

/// The least and the most that was found; they differ only for the sizes of single calls.
struct found_range {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// Calls tell(measure, range, found) for each of a budget's ranges, in the order in which violations are reported. It looks at them all, so
/// that a range which holds no number is refused even behind one that is broken.
template <class Rows, class Tell>
constexpr void for_each_range(Rows const& rows, budget const& limit, Tell&& tell) {
  traffic_totals spent;
  found_range sizes{dyn, 0};
  for (auto const& row : rows) {
    if (!limit.of(row.call())) continue;
    spent = spent + row.totals();
    std::size_t const size = row.call().bytes().message_bytes;
    if (size < sizes.least) sizes.least = size;
    if (size > sizes.most) sizes.most = size;
  }
  auto const look_at = [&](budget_measure what, auto const& range, found_range found) {
    if (range.at_least > range.at_most) fail_empty_range(words_for(what), range.at_least, range.at_most);
    tell(what, range.at_least, range.at_most, found);
  };
  auto const total = [&](budget_measure what, auto const& range, std::size_t found) { look_at(what, range, {found, found}); };
  total(budget_measure::calls, limit.calls, spent.calls);
  total(budget_measure::message_bytes, limit.message_bytes, spent.message_bytes);
  total(budget_measure::input_bytes, limit.input_bytes, spent.input_bytes);
  total(budget_measure::output_bytes, limit.output_bytes, spent.output_bytes);
  if (spent.calls == 0) sizes = {limit.message_size.at_least, limit.message_size.at_least};  // no call has a wrong size
  look_at(budget_measure::message_size, limit.message_size, sizes);
}

struct within_fn {
  template <std::size_t Rows>
  [[nodiscard]] constexpr bool operator()(ledger<Rows> const& traffic, budget const& limit) const {
    bool all = true;
    for_each_range(traffic.rows(), limit, [&](budget_measure, std::size_t at_least, std::size_t at_most, found_range found) {
      all = all && at_least <= found.least && found.most <= at_most;
    });
    return all;
  }

  template <std::size_t Rows, class Budgets>
  [[nodiscard]] constexpr bool operator()(ledger<Rows> const& traffic, Budgets const& limits) const {
    bool all = true;
    for (budget const& limit : limits) all = (*this)(traffic, limit) && all;
    return all;
  }
};

}  // namespace detail

/// within(ledger, budget), within(ledger, budgets): whether every number lies in its range. A range whose floor is above its ceiling is an
/// `invalid_argument`. `COMMFOLD_ASSERT_BUDGET` says what is broken, while compiling; `check`, at run time.
inline constexpr detail::within_fn within{};

}  // namespace commfold
