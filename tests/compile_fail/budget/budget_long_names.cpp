// SPDX-License-Identifier: BSL-1.0
// error: commfold::budget: more than the budget allows; broken_budget<|calls of _c10d_functional::reduce_.* over 'ggg.*' in phase 'ppp.*':
// 3, at most 2 error: words<319>."of _c10d_functional::reduce_scatter|; largest: _c10d_functional::reduce_scatter.*' 1, .*' 1,
// _c10d_functional::reduce_scatter error:
// contribution<words<49>."_c10d_functional::reduce_scatter_tensor_coalesced.*words<64>."ggg.*words<192>."ppp.*, 1>|over 'g{64}' in
// 'p{190}/c' 1 With the longest names the sentence is whole: nothing is cut, and it is the only error.
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
      comm.phase(inner, [&] { comm.reduce_scatter_coalesced(std::tuple<cf::tensor<cf::f32, 32>>{}, cf::sum, group); });
  });
});

#ifdef SHOULD_FAIL
constexpr std::size_t limit = 2;
#else
constexpr std::size_t limit = 3;
#endif
COMMFOLD_ASSERT_BUDGET(traffic,
                       cf::budget{.of = {.op = cf::c10d_functional::reduce_scatter_tensor_coalesced, .group = group, .phase = P190},
                                  .calls = {.at_most = limit}});

int main() {}
