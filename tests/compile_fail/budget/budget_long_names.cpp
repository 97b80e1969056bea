// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: more than the budget allows; broken_budget<|calls of _c10d_functional::all_gather_.*: 3, at most 2
// error: "_c10d_functional::", ."all_gather_into_tensor_coalesced"..|largest: _c10d_functional::all_gather_into_tensor_coalesced over 'ggg
// error: .."gggggggggggggggggggggggggggggggg", ."gggggggggggggggggggggggggggggggg"..,|over 'gggggggggggggggggggggggggggggggg
// error: .."pppppppppppppppppppppppppppppppp", .*"pppppppppppppppppppppppppppppp/c"......, 1>|p/c' 1
// error: budget_long_names.cpp:[0-9]+:1: (error|note)
// With the longest names each is whole, in pieces of 32 characters: nothing is cut, and it is the only error.
#include <commfold/budget/assert_budget.hpp>
#include <commfold/trace/trace.hpp>

#include <array>
#include <tuple>

namespace cf = commfold;

#define P10 "pppppppppp"
#define P190 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10 P10
constexpr cf::process_group<"gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg", 2> group;

constexpr auto traffic = cf::trace([](auto& comm) {
  comm.phase(P190, [&] {
    for (char const* inner : {"a", "b", "c"})
      comm.phase(inner, [&] { comm.all_gather_coalesced(std::tuple<cf::tensor<cf::f32, 32>>{}, group); });
  });
});

#ifdef SHOULD_FAIL
constexpr std::size_t limit = 2;
#else
constexpr std::size_t limit = 3;
#endif
COMMFOLD_ASSERT_BUDGET(traffic,
                       cf::budget{.of = {.op = cf::c10d_functional::all_gather_into_tensor_coalesced, .group = group, .phase = P190},
                                  .calls = {.at_most = limit}});

int main() {}
