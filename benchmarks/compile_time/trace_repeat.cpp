// SPDX-License-Identifier: BSL-1.0
// The trace of a step that is repeated BENCHMARK_SIZE times, as a constant. The program that only names the types has the tensor and the
// group.
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace cf = commfold;

inline constexpr cf::tensor<cf::bf16, 448, 8192> weight;
inline constexpr cf::process_group<"dp", 64> dp;

#ifdef ASK
constexpr auto step = [](auto& comm) {
  comm.repeat(std::size_t{BENCHMARK_SIZE}, [&] {
    auto const full = comm.all_gather(weight, dp);
    comm.reduce_scatter(full, cf::sum, dp);
  });
};
constexpr auto traffic = cf::trace(step);
static_assert(traffic.calls() == std::size_t{2} * BENCHMARK_SIZE);
#endif
