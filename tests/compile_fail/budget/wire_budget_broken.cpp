// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: more than the budget allows; broken_budget<|bytes between domains 'node': 2 400 B
// error: budget<0, .*"bytes between domains .'node.'"., .*"of every call"., 2400, .*at_most, 2399, |: 2 400 B .*, at most 2 399 B
// error: contribution<.*"_c10d_functional::all_reduce"., .*"dp"., .*""., 2400>|over 'dp' 2 400 B
#include <commfold/budget/assert_budget.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/step.hpp>

namespace cf = commfold;

struct my_library {
  template <class Use>
  constexpr void schedules_of(cf::wire::call const& c, Use&& use) const {
    use(cf::wire::all_reduce::ring(cf::wire::blocks::of_vector(c.record().bytes().message_bytes, c.ranks())));
  }
};

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::wire::cluster where(dp, {{"node", 1}});
constexpr auto traffic =
    cf::trace<1>([](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::f32, 100>{}, cf::sum, dp); });
constexpr auto sent = cf::on_wire(traffic, my_library{}, where);

#ifdef SHOULD_FAIL
constexpr std::size_t limit = 2399;
#else
constexpr std::size_t limit = 2400;
#endif
COMMFOLD_ASSERT_BUDGET(sent, {.between = {.at_most = limit}});

int main() {}
