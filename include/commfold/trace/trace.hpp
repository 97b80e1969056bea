// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/trace.hpp
/// `trace` runs a step over a recorder and returns its ledger.

#include <commfold/trace/ledger.hpp>
#include <commfold/trace/open_ledger.hpp>
#include <commfold/trace/recorder.hpp>

#include <cstddef>
#include <utility>

namespace commfold {

/// trace(step, arguments...): the ledger of step(comm, arguments...), at compile time or at run time by the same code. `trace<200>(…)` has
/// room for 200 kinds of call, `trace<dyn>(…)` for any number, at run time. A step with more kinds than rows is an error that says how many
/// to ask for. Nothing is shared between traces: they may nest and run in threads. A constant trace records some 1500 calls before clang
/// wants a higher -fconstexpr-steps (docs/limits.md); what `repeat` and `for_each` count instead of recording costs nothing.
template <std::size_t Rows = 64, class Step, class... Args, class Open = detail::open_ledger>
[[nodiscard]] constexpr ledger<Rows> trace(Step&& step, Args&&... args) {
  Open open(detail::parts_room(Rows));
  recorder<Open> comm(open);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return ledger<Rows>(std::move(open));
}

}  // namespace commfold
