// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/budget_file.hpp
/// A budget that a team keeps beside its code: rules in JSON.

#include <src/json_file.hpp>
#include <src/wire_setup.hpp>

#include <commfold/budget/budget.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

/// Version 1 of the format, docs/budgets.md:
///   {"commfold_budget": 1, "rules": [{"name": "no reductions in the forward", "of": {"operator": "c10d::allreduce_", "phase": "forward"},
///                                     "calls": {"at_least": 0, "at_most": 0}}]}
/// Every number is a range of `at_least` and `at_most`, of which one may be left out; `between` also has the `domain`, which is "node"
/// unless it is given, and `microseconds` may have a fraction. `input_error` for what could let a rule hold whatever
/// the report is: no rules, a rule without limits, an empty range, an unknown key, operator or dtype, and a name that is longer than any
/// that the recorder accepts.
class budget_file {
 public:
  explicit budget_file(std::string const& path);
  /// A budget that is in memory already. Messages name the path.
  budget_file(std::string path, std::string_view text);

  /// The names in their filters are views into this object.
  [[nodiscard]] std::span<budget const> rules() const noexcept { return rules_; }
  /// The name that the file gives a rule; "rule 1" for the first one where it gives none.
  [[nodiscard]] std::string const& name(std::size_t rule) const { return names_.at(rule); }

  /// Whether any rule is over the wire: `sent_bytes`, `received_bytes`, `between` or `microseconds`.
  [[nodiscard]] bool is_over_the_wire() const noexcept { return !wire_ranges_.empty(); }
  /// `input_error`, with its place, for a range that cannot be answered: all that are over the wire where no library is given, a domain
  /// that the placement does not have, and a time where the library has no model of it.
  void expect_known(wire_setup const* by) const;

 private:
  explicit budget_file(json_file&& file);

  json_file file_;
  std::vector<budget> rules_;
  std::vector<std::string> names_;
  std::vector<json_value const*> wire_ranges_;  // in the file's order of rules
};

}  // namespace commfold::io
