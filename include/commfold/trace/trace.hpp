// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/trace.hpp
/// `trace` runs a step over a recorder and returns its ledger; `log` returns every call in order.

#include <commfold/trace/ledger.hpp>
#include <commfold/trace/recorder.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace commfold {

/// trace(step, arguments...): the ledger of step(comm, arguments...), at compile time or at run time by the same code. `trace<200>(…)` has
/// room for 200 kinds of call, `trace<dyn>(…)` for any number, at run time. A step with more kinds than rows is an error that says how many
/// to ask for. Nothing is shared between traces: they may nest and run in threads. A constant trace records some 2000 calls before clang
/// wants a higher -fconstexpr-steps; what `repeat` and `for_each` count instead of recording costs nothing.
template <std::size_t Rows = 64, class Step, class... Args, class Open = detail::open_ledger>
[[nodiscard]] constexpr ledger<Rows> trace(Step&& step, Args&&... args) {
  Open open;
  recorder<Open> comm(open);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return ledger<Rows>(open);
}

/// Every call of a step, in order. What is repeated is there as often as it is repeated. A template, so that its containers are
/// instantiated for those who log and not for all who include it; users write `call_log`.
template <class Record>
class basic_call_log {
 public:
  static constexpr bool keeps_order = true;

  /// Makes room, for those who know how many calls will come: a ledger of the same step does.
  constexpr void reserve(std::size_t calls) { calls_.reserve(calls); }

  // Made in its place: a record is long, and copying it would double what a long log costs.
  template <class... Facts>
  constexpr void write(std::size_t, Facts const&... of_a_record) {
    calls_.emplace_back(of_a_record...);
  }

  constexpr void add(Record const& call, std::size_t) { calls_.push_back(call); }

  /// They live as long as the log: before C++23, `for (auto& c : cf::log(step).calls())` loops over the calls of a log that is gone.
  [[nodiscard]] constexpr std::span<Record const> calls() const noexcept { return calls_; }

 private:
  std::vector<Record> calls_;
};

using call_log = basic_call_log<call_record>;

/// log(step, arguments...): every call of step(comm, arguments...), in order.
template <class Step, class... Args, class Log = call_log>
[[nodiscard]] constexpr Log log(Step&& step, Args&&... args) {
  Log calls;
  recorder<Log> comm(calls);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return calls;
}

}  // namespace commfold
