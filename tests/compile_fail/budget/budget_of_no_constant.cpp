// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: the ledger is no constant; declare it constexpr, or ask check\(ledger, budget\) at run time
#include <commfold/budget/assert_budget.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr auto step = [](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 2>{}, cf::sum, cf::process_group<"dp", 2>{}); };

int main() {
#ifdef SHOULD_FAIL
  auto const traffic = cf::trace<cf::dyn>(step);
#else
  constexpr auto traffic = cf::trace(step);
#endif
  COMMFOLD_ASSERT_BUDGET(traffic, {.calls = {.at_most = 2}});
}
