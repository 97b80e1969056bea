// SPDX-License-Identifier: BSL-1.0
// error: commfold::process_group: a group has at least one rank
#include <commfold/group/process_group.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr cf::process_group<"g", 0> g;
#else
constexpr cf::process_group<"g", 1> g;
#endif

int main() { static_cast<void>(g); }
