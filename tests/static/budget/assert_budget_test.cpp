// SPDX-License-Identifier: BSL-1.0
#include <commfold/budget/assert_budget.hpp>

#include <commfold/op/table.hpp>

namespace {
namespace cf = commfold;

constexpr cf::ledger<> traffic = [] {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_reduce, "tp", 2, "forward", cf::f32, {8, 8, 8}}, 5);
  return cf::ledger<>(open);
}();
constexpr cf::budget one{.message_bytes = {40, 40}};
constexpr cf::budget several[] = {{.message_bytes = {40, 40}}, {.of = {.group = "tp"}, .calls = {5, 5}}};

// At namespace scope, in a function, over constants of either; a budget written in place has commas.
COMMFOLD_ASSERT_BUDGET(traffic, one);
COMMFOLD_ASSERT_BUDGET(traffic, several);
COMMFOLD_ASSERT_BUDGET(traffic, cf::budget{.of = {.group = "tp", .phase = "forward"}, .message_bytes = {40, 40}, .calls = {5, 5}});

[[maybe_unused]] constexpr int in_a_function() {
  constexpr auto local = traffic;
  COMMFOLD_ASSERT_BUDGET(local, cf::budget{.calls = {.at_most = 5}});
  return 0;
}

struct in_a_class {
  COMMFOLD_ASSERT_BUDGET(traffic, one);
};

}  // namespace
