// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/within.hpp
/// Whether a step keeps its budget: `within`.

#include <commfold/budget/budget.hpp>
#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/traffic_totals.hpp>

#include <concepts>
#include <cstddef>

namespace commfold {

namespace detail {

[[noreturn]] constexpr void fail_empty_range(char const* what, std::size_t at_least, std::size_t at_most) {
  fail<invalid_argument>("commfold::within", "no number of {} is at least {} and at most {}", what, at_least, at_most);
}

constexpr char const* words_for(budget_measure what) noexcept {
  constexpr char const* words[] = {"calls",
                                   "message bytes",
                                   "input bytes",
                                   "output bytes",
                                   "message bytes of one call",
                                   "bytes that one rank sends",
                                   "bytes that one rank receives",
                                   "bytes between domains",
                                   "nanoseconds"};
  return words[static_cast<std::size_t>(what)];
}

/// The least and the most that was found; they differ only for the sizes of single calls.
struct found_range {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// A step on the wire, whatever makes it: `wire::step` is one. This layer knows nothing of how it answers.
template <class T>
concept on_the_wire = requires(T const& t, call_filter const& of) {
  t.rows();
  { t.max_sent_bytes(of) } -> std::same_as<std::size_t>;
};

/// What a budget can be over: a ledger, or a step on the wire.
template <class T>
inline constexpr bool is_traffic = on_the_wire<T>;
template <std::size_t Rows>
inline constexpr bool is_traffic<ledger<Rows>> = true;

template <class Range>
constexpr bool limits_anything(Range const& range) noexcept {
  Range const everything{};
  return !(range.at_least <= everything.at_least && range.at_most >= everything.at_most);  // so that NaN counts as a limit
}

[[noreturn]] constexpr void fail_not_known(char const* who, budget_measure what, char const* instead) {
  fail<invalid_argument>("commfold::within", "{} does not know a number of {}; {}", who, words_for(what), instead);
}

/// Whole nanoseconds, upwards; what is longer than fits counts as the longest.
constexpr std::size_t nanoseconds_of(double microseconds) noexcept {
  double const exact = microseconds * 1000;
  if (!(exact < 1.8e19)) return dyn;
  auto const whole = static_cast<std::size_t>(exact);
  return static_cast<double>(whole) < exact ? whole + 1 : whole;
}

/// Calls look_at(measure, range, number) for the ranges that only a step on the wire can be held to. What is not limited is not computed.
template <on_the_wire Step, class LookAt>
constexpr void for_each_wire_range(Step const& step, budget const& limit, LookAt&& look_at) {
  using enum budget_measure;
  if (limits_anything(limit.sent_bytes)) look_at(sent_bytes, limit.sent_bytes, step.max_sent_bytes(limit.of));
  if (limits_anything(limit.received_bytes)) look_at(received_bytes, limit.received_bytes, step.max_received_bytes(limit.of));
  if (limits_anything(limit.between)) look_at(between, limit.between, step.bytes_between(limit.between.domain, limit.of));
  if (!limits_anything(limit.microseconds)) return;
  if (!(limit.microseconds.at_least >= 0 && limit.microseconds.at_least <= limit.microseconds.at_most))
    fail<invalid_argument>("commfold::within", "no number of microseconds is in a range that ends before it begins, or begins below 0");
  if constexpr (Step::is_timed)
    look_at(nanoseconds, byte_range{nanoseconds_of(limit.microseconds.at_least), nanoseconds_of(limit.microseconds.at_most)},
            nanoseconds_of(step.microseconds(limit.of)));
  else
    fail_not_known("a step on the wire without a timing", nanoseconds, "give on_wire() a network");
}
template <std::size_t Rows, class LookAt>
constexpr void for_each_wire_range(ledger<Rows> const&, budget const& limit, LookAt&&) {
  using enum budget_measure;
  auto const refuse = [](budget_measure what) { fail_not_known("a ledger", what, "ask of on_wire(ledger, backend, cluster)"); };
  if (limits_anything(limit.sent_bytes)) refuse(sent_bytes);
  if (limits_anything(limit.received_bytes)) refuse(received_bytes);
  if (limits_anything(limit.between)) refuse(between);
  if (limits_anything(limit.microseconds)) refuse(nanoseconds);
}

/// Calls tell(measure, range, found) for each of a budget's ranges, in the order in which violations are reported. It looks at them all, so
/// that a range which holds no number is refused even behind one that is broken.
template <class Traffic, class Tell>
constexpr void for_each_range(Traffic const& traffic, budget const& limit, Tell&& tell) {
  traffic_totals spent;
  found_range sizes{dyn, 0};
  for (auto const& row : traffic.rows()) {
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
  for_each_wire_range(traffic, limit, total);
}

struct within_fn {
  template <class Traffic>
    requires is_traffic<Traffic>
  [[nodiscard]] constexpr bool operator()(Traffic const& traffic, budget const& limit) const {
    bool all = true;
    for_each_range(traffic, limit, [&](budget_measure, std::size_t at_least, std::size_t at_most, found_range found) {
      all = all && at_least <= found.least && found.most <= at_most;
    });
    return all;
  }

  template <class Traffic, class Budgets>
    requires is_traffic<Traffic>
  [[nodiscard]] constexpr bool operator()(Traffic const& traffic, Budgets const& limits) const {
    bool all = true;
    for (budget const& limit : limits) all = (*this)(traffic, limit) && all;
    return all;
  }
};

}  // namespace detail

/// within(ledger, budget), within(ledger, budgets): whether every number lies in its range. So may a step on the wire be held to a budget,
/// `within(on_wire(…), budget)`. A range whose floor is above its ceiling is an `invalid_argument`, and so is a range of bytes on the wire
/// or of time for a ledger, which does not know them. `COMMFOLD_ASSERT_BUDGET` says what is broken, while compiling; `check`, at run time.
inline constexpr detail::within_fn within{};

}  // namespace commfold
