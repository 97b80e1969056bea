// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/budget_file.hpp
/// A budget that a team keeps beside its code: rules in JSON.

#include <src/json_file.hpp>

#include <commfold/budget/budget.hpp>

#include <span>
#include <string>
#include <vector>

namespace commfold::io {

/// Version 1 of the format, docs/budgets.md:
///   {"commfold_budget": 1, "rules": [{"name": "no reductions in the forward", "of": {"operator": "c10d::allreduce_", "phase": "forward"},
///                                     "calls": {"at_least": 0, "at_most": 0}}]}
/// Every number is a range of `at_least` and `at_most`, of which one may be left out. Whatever could make a rule hold without a look at the
/// report is refused as `input_error`: no rules, a rule without limits, an empty range, a key, an operator or a dtype that is not known,
/// and a name longer than that of any group or phase.
class budget_file {
 public:
  explicit budget_file(std::string const& path);

  /// Their names are views into this object.
  [[nodiscard]] std::span<budget const> rules() const noexcept { return rules_; }
  /// What the file calls a rule, or "rule 1", counted from 1.
  [[nodiscard]] std::string const& name(std::size_t rule) const { return names_.at(rule); }

 private:
  json_file file_;
  std::vector<budget> rules_;
  std::vector<std::string> names_;
};

}  // namespace commfold::io
