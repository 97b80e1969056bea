// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/run_time/suite.hpp
/// Every case is measured twice, `<case>/commfold/<size>` and `<case>/by_hand/<size>`: the library, and the loop that one would write
/// without it, with the same checks. A program pairs them by name.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace suite {

/// What PyTorch's own `sum_tensors` took for a leaf, in nanoseconds, on a machine of the kind that this suite is run on: of a flat list of
/// tensors, and of one nested in dicts and lists. Measured once, and handed over with the issue that asked for this suite ("What it
/// costs").
inline constexpr double pytorch_flat = 730;
inline constexpr double pytorch_nested = 2600;

/// The overflow checks of a sum by hand.
[[nodiscard]] inline bool wraps_times(std::size_t a, std::size_t b, std::size_t& product) { return __builtin_mul_overflow(a, b, &product); }
[[nodiscard]] inline bool wraps_plus(std::size_t a, std::size_t b, std::size_t& sum) { return __builtin_add_overflow(a, b, &sum); }
[[nodiscard]] inline std::size_t checked(std::size_t bytes, bool overflow) {
  if (overflow) throw std::overflow_error("the bytes do not fit std::size_t");
  return bytes;
}

/// A vector of `make(0)` to `make(n - 1)`.
template <class Make>
[[nodiscard]] auto row_of(std::size_t n, Make make) {
  std::vector<decltype(make(n))> row;
  row.reserve(n);
  for (std::size_t i = 0; i < n; ++i) row.push_back(make(i));
  return row;
}

/// Numbers that neither the compiler nor the branch predictor can foresee, the same in every run.
class mixed_order {
 public:
  [[nodiscard]] std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_ = 1;
};

/// A tree, and how many leaves PyTorch would visit in it.
template <class Tree>
struct forest {
  Tree tree;
  std::size_t leaves;
};

/// How long one item takes, for those who read nanoseconds, and how long PyTorch takes for one where that was measured.
inline void report(benchmark::State& state, std::size_t items, double pytorch_nanoseconds = 0) {
  using benchmark::Counter;
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
  double const nanoseconds = 1e-9 * static_cast<double>(items);
  state.counters["ns_per_item"] = Counter(nanoseconds, static_cast<Counter::Flags>(Counter::kIsIterationInvariantRate | Counter::kInvert));
  if (pytorch_nanoseconds != 0) {
    state.counters["pytorch_ns_per_item"] = Counter(pytorch_nanoseconds);
    state.counters["pytorch_ratio"] = Counter(pytorch_nanoseconds * nanoseconds, Counter::kIsIterationInvariantRate);
  }
}

/// Registers both sides of a case. `make(size)` gives what both are measured on; the two must agree on it before either is measured.
template <class Make, class Commfold, class ByHand>
bool compare(std::string const& name, std::vector<std::int64_t> const& sizes, Make make, Commfold commfold, ByHand by_hand,
             double pytorch_nanoseconds = 0) {
  auto const add = [&](char const* who, auto measured, auto other) {
    auto* const added = benchmark::RegisterBenchmark((name + "/" + who).c_str(), [=](benchmark::State& state) {
      auto const given = make(static_cast<std::size_t>(state.range(0)));
      if (measured(given.tree) != other(given.tree)) return state.SkipWithError("commfold and the loop by hand do not agree");
      for (auto _ : state) benchmark::DoNotOptimize(measured(given.tree));
      report(state, given.leaves, pytorch_nanoseconds);
    });
    for (std::int64_t const size : sizes) added->Arg(size);
  };
  add("commfold", commfold, by_hand);
  add("by_hand", by_hand, commfold);
  return true;
}

inline std::vector<std::int64_t> const ten_to_a_million{10, 1000, 100000, 1000000};
inline std::vector<std::int64_t> const ten_to_100000{10, 1000, 100000};

}  // namespace suite
