// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tools/check.hpp
/// Does a report keep a budget?

#include <tools/budget_file.hpp>
#include <tools/verdict.hpp>

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

namespace tool {

/// "within budget: 3 rules", or a line for each number outside its range, opened with the name of its rule.
[[nodiscard]] verdict check(commfold::ledger<commfold::dyn> const& traffic, budget_file const& budget, wording as);

}  // namespace tool
