// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/budget.hpp
/// How much a step may communicate, and whether it does: `budget`, `within`.

#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/ledger.hpp>

#include <cstddef>
#include <string>

namespace commfold {

/// A number of calls is at least one unless said otherwise, so that a budget over a step that recorded nothing is broken and not kept.
struct call_range {
  std::size_t at_least = 1;
  std::size_t at_most = dyn;
};

/// `{.of = {.op = cf::c10d::allreduce_, .group = "tp"}, .calls = cf::no_calls}`: there is no such call.
inline constexpr call_range no_calls{.at_least = 0, .at_most = 0};

/// Floors and ceilings, per rank, over the calls that a filter means, which are all unless said otherwise:
/// `cf::budget{.message_bytes = {.at_least = 1_GB, .at_most = 450_GB}, .calls = {.at_most = 3000}}`. What is not named is not limited.
/// Several rules are an array of these: `constexpr cf::budget limits[] = {{…}, {.of = {.group = "tp"}, …}};`.
struct budget {
  call_filter of{};            ///< the calls that the ranges are over
  byte_range message_bytes{};  ///< of all of them together, as the next two
  byte_range input_bytes{};
  byte_range output_bytes{};
  call_range calls{};         ///< how many they are
  byte_range message_size{};  ///< of each of them by itself
};

/// What a budget limits.
enum class budget_measure { calls, message_bytes, input_bytes, output_bytes, message_size };

namespace detail {

[[noreturn]] inline void fail_empty_range(char const* what, std::size_t at_least, std::size_t at_most) {
  fail<invalid_argument>("commfold::within: no number of " + std::string(what) + " is at least " + std::to_string(at_least) +
                         " and at most " + std::to_string(at_most));
}

constexpr char const* words_of(budget_measure what) noexcept {
  constexpr char const* words[] = {"calls", "message bytes", "input bytes", "output bytes", "message bytes of one call"};
  return words[static_cast<std::size_t>(what)];
}

/// The least and the most that was found; they differ only for the sizes of single calls.
struct found_range {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// Calls tell(measure, floor, ceiling, found) for each of a budget's ranges, in the order in which they are told. Every range is looked
/// at, so that one which holds no number is a mistake wherever it stands.
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
    if (range.at_least > range.at_most) fail_empty_range(words_of(what), range.at_least, range.at_most);
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

// All of this is templates, so that nothing is instantiated but for those who ask.
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
