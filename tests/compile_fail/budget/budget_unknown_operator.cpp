// SPDX-License-Identifier: BSL-1.0
// error[gcc]: 'allreduce' is not a member of 'commfold::c10d'
// error[clang]: no member named 'allreduce' in namespace 'commfold::c10d'
#include <commfold/budget/budget.hpp>
#include <commfold/op/table.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr cf::budget none{.of = {.op = cf::c10d::allreduce}, .calls = cf::no_calls};
#else
constexpr cf::budget none{.of = {.op = cf::c10d::allreduce_}, .calls = cf::no_calls};
#endif

int main() { static_cast<void>(none); }
