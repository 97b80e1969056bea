// SPDX-License-Identifier: BSL-1.0
// What a sum costs beside the loop that one would write by hand.
#include <commfold/commfold.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

namespace cf = commfold;

namespace {

using gradient = cf::tensor<cf::bf16, cf::dyn, 4096>;

std::vector<gradient> gradients(benchmark::State const& state) {
  std::vector<gradient> made;
  for (std::size_t n = 0; n < static_cast<std::size_t>(state.range(0)); ++n) made.emplace_back(n % 97);
  return made;
}

void sum_tensors(benchmark::State& state) {
  auto const tree = gradients(state);
  for (auto _ : state) benchmark::DoNotOptimize(std::size_t{cf::sum_tensors(tree)});
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sum_tensors)->Range(16, 1 << 20);

/// With the same checks: a sum that does not fit is no number.
void by_hand(benchmark::State& state) {
  auto const tree = gradients(state);
  for (auto _ : state) {
    std::size_t bytes = 0;
    bool overflow = false;
    for (gradient const& g : tree) {
      std::size_t one = 0;
      overflow = __builtin_mul_overflow(g.extent(0), std::size_t{8192}, &one) || __builtin_add_overflow(bytes, one, &bytes) || overflow;
    }
    if (overflow) state.SkipWithError("overflow");
    benchmark::DoNotOptimize(bytes);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(by_hand)->Range(16, 1 << 20);

void record(benchmark::State& state) {
  cf::process_group<"dp"> const dp(8);
  gradient const one(7);
  auto const step = [&](auto& comm) {
    for (std::size_t n = 0; n < static_cast<std::size_t>(state.range(0)); ++n) comm.all_reduce(one, cf::sum, dp);
  };
  for (auto _ : state) benchmark::DoNotOptimize(cf::trace(step).calls());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(record)->Range(16, 1 << 14);

}  // namespace
