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
/// to ask for. Nothing is shared between traces: they may nest and run in threads. A constant trace records some 1600 calls before clang
/// wants a higher -fconstexpr-steps; what `repeat` and `for_each` count instead of recording costs nothing.
template <std::size_t Rows = 64, class Step, class... Args>
[[nodiscard]] constexpr ledger<Rows> trace(Step&& step, Args&&... args) {
  detail::open_ledger open;
  recorder<detail::open_ledger> comm(open);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return ledger<Rows>(open);
}

/// Every call of a step, in order. What is repeated is there as often as it is repeated.
class call_log {
 public:
  static constexpr bool keeps_order = true;

  constexpr void add(call_record const& call, std::size_t) { calls_.push_back(call); }

  /// They live as long as the log: before C++23, `for (auto& c : cf::log(step).calls())` loops over the calls of a log that is gone.
  [[nodiscard]] constexpr std::span<call_record const> calls() const noexcept { return calls_; }

 private:
  std::vector<call_record> calls_;
};

/// log(step, arguments...): every call of step(comm, arguments...), in order.
template <class Step, class... Args>
[[nodiscard]] constexpr call_log log(Step&& step, Args&&... args) {
  call_log calls;
  recorder<call_log> comm(calls);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return calls;
}

}  // namespace commfold
