// SPDX-License-Identifier: BSL-1.0
// BENCHMARK_SIZE calls of as many sizes in one step: no two are one row. The program that only names the types names the tensors.
//
//   CONSTANT    the ledger is a constant
//   RUN_TIME    the step is compiled and runs at run time
#include "trees.hpp"

#include <commfold/group/process_group.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/trace.hpp>

#include <cstddef>
#include <utility>

namespace cf = commfold;

inline constexpr cf::process_group<"dp", 8> dp;

template <class... Leaves>
struct list {};
using leaves = trees::flat<list>::type;

#ifdef ASK
struct step_fn {
  template <class Comm, class... Leaves>
  constexpr void operator()(Comm& comm, list<Leaves...>) const {
    // In braces, as clang nests no fold expression deeper than 256.
    bool const done[] = {(static_cast<void>(comm.all_reduce(Leaves{}, cf::sum, dp)), true)...};
    static_cast<void>(done);
  }
};

#ifdef PEER_CONSTANT
constexpr auto traffic = cf::trace<BENCHMARK_SIZE>(step_fn{}, leaves{});
static_assert(traffic.rows().size() == BENCHMARK_SIZE);
#else
cf::ledger<cf::dyn> traffic() { return cf::trace<cf::dyn>(step_fn{}, leaves{}); }
#endif
#else
extern leaves* named;
#endif
