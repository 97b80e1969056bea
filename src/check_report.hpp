// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/check_report.hpp
/// Whether a report keeps a budget: `commfold check`.

#include <src/budget_file.hpp>
#include <src/verdict.hpp>
#include <src/wire_setup.hpp>

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

namespace commfold::io {

/// Rules over the wire are answered under a library, `by`. Its words are "within budget: 3 rules", or a line for each number that is
/// outside its range, opened with the name of the rule. Refuses what `budget_file::expect_known` refuses.
[[nodiscard]] verdict check_report(ledger<dyn> const& traffic, budget_file const& budget, wording as, wire_setup const* by = nullptr);

}  // namespace commfold::io
