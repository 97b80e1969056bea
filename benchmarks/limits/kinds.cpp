// SPDX-License-Identifier: BSL-1.0
// LIMIT_SIZE calls in a constant trace of which no two are alike, so that each is a row.
#include <commfold/commfold.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"dp", 8> dp;
constexpr auto step = [](auto& comm) {
  for (std::size_t i = 1; i <= LIMIT_SIZE; ++i) comm.all_reduce(cf::tensor<cf::f32, cf::dyn>{i}, cf::sum, dp);
};
constexpr auto traffic = cf::trace<LIMIT_SIZE>(step);
static_assert(traffic.rows().size() == LIMIT_SIZE);
