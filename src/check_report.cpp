// SPDX-License-Identifier: BSL-1.0
#include <src/check_report.hpp>

#include <src/markdown.hpp>
#include <src/wire_step.hpp>

#include <commfold/budget/check.hpp>
#include <commfold/text/printable.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

namespace {

std::vector<budget_violation> violations_of(ledger<dyn> const& traffic, budget_file const& budget, wire_setup const* by) {
  budget.expect_known(by);
  if (!budget.is_over_the_wire()) return commfold::check(traffic, budget.rules());
  return with_step(traffic, *by, [&](auto const& step) { return commfold::check(step, budget.rules()); });
}

}  // namespace

verdict check_report(ledger<dyn> const& traffic, budget_file const& budget, wording as, wire_setup const* by) {
  verdict all;
  for (budget_violation const& broken : violations_of(traffic, budget, by)) {
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
