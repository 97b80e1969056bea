// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/check_report.hpp
/// Does a report keep a budget?

#include <src/budget_file.hpp>
#include <src/verdict.hpp>

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

namespace commfold::io {

/// "within budget: 3 rules", or a line for each number outside its range, opened with the name of its rule.
[[nodiscard]] verdict check_report(ledger<dyn> const& traffic, budget_file const& budget, wording as);

}  // namespace commfold::io
