// SPDX-License-Identifier: BSL-1.0
#include <src/check_report.hpp>

#include <src/markdown.hpp>

#include <commfold/budget/check.hpp>
#include <commfold/text/printable.hpp>

#include <string>
#include <string_view>

namespace commfold::io {

verdict check_report(ledger<dyn> const& traffic, budget_file const& budget, wording as) {
  verdict all;
  for (budget_violation const& broken : commfold::check(traffic, budget.rules())) {
    all.kept = false;
    std::string const& name = budget.name(broken.rule);
    std::string const words = to_string(broken);
    all.words += as == wording::markdown ? "- **" + code(name) + "**: " + code(words)
                                         : commfold::detail::printable<std::string>(std::string_view(name + ": " + words));
    all.words += '\n';
  }
  if (all.kept) {
    std::size_t const rules = budget.rules().size();
    all.words = "within budget: " + std::to_string(rules) + (rules == 1 ? " rule\n" : " rules\n");
  }
  return all;
}

}  // namespace commfold::io
