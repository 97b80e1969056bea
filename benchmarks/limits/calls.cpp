// SPDX-License-Identifier: BSL-1.0
// LIMIT_SIZE calls in a constant trace, each recorded by itself, as an unrolled schedule makes them.
#include <commfold/commfold.hpp>

namespace cf = commfold;

constexpr cf::process_group<"dp", 8> dp;
constexpr auto step = [](auto& comm) {
  for (int i = 0; i < LIMIT_SIZE; ++i) comm.all_reduce(cf::tensor<cf::f32, 4>{}, cf::sum, dp);
};
constexpr auto traffic = cf::trace(step);
static_assert(traffic.calls() == LIMIT_SIZE);
