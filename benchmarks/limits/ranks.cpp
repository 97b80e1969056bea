// SPDX-License-Identifier: BSL-1.0
// One uneven all_to_all over LIMIT_SIZE ranks in a constant trace: one number a rank is read.
#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"ep", LIMIT_SIZE> ep;
constexpr auto step = [](auto& comm) {
  std::array<std::size_t, LIMIT_SIZE> sizes{};
  std::size_t rows = 0;
  for (std::size_t i = 0; i < LIMIT_SIZE; ++i) rows += sizes[i] = i % 3;
  comm.all_to_all(cf::tensor<cf::bf16, cf::dyn, 4096>{rows}, sizes, sizes, ep);
};
constexpr auto traffic = cf::trace(step);
static_assert(traffic.calls() == 1);
