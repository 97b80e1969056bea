// SPDX-License-Identifier: BSL-1.0
// The trace of one training step of a model with a std::array of BENCHMARK_SIZE layers, as in examples/budget.cpp, as a constant. The
// program that only names the types has the model and the group.
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <array>
#include <cstddef>

namespace cf = commfold;

struct layer {
  cf::tensor<cf::bf16, 128, 8192> wq, wo;
  cf::tensor<cf::bf16, 16, 8192> wk, wv;
  cf::tensor<cf::bf16, 448, 8192> gate, up;
  cf::tensor<cf::bf16, 128, 28672> down;
  cf::tensor<cf::bf16, 128> norm1, norm2;
};

struct model {
  std::array<layer, BENCHMARK_SIZE> layers;
  cf::tensor<cf::bf16, 2004, 8192> embed, head;
};

inline constexpr cf::process_group<"dp", 64> dp;

#ifdef ASK
constexpr auto step = [](auto& comm, auto const& shard) {
  comm.phase("forward", [&] { comm.for_each(shard.layers, [&](auto const& l) { comm.all_gather(l, dp); }); });
  comm.phase("backward", [&] {
    comm.for_each(shard.layers, [&](auto const& l) {
      auto const full = comm.all_gather(l, dp);
      comm.reduce_scatter(full, cf::sum, dp);
    });
  });
};
constexpr auto traffic = cf::trace(step, model{});
static_assert(traffic.calls() == std::size_t{BENCHMARK_SIZE} * 9 * 3);
#else
extern model* named;
#endif
