// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline/stages.hpp
/// Which rank has which stages of a pipeline.

#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::pipeline {

/// N = ranks * per_rank stages. In a loop, stage s is on rank s mod P; in a V, of two stages a rank, the second half comes back: stage s is
/// on rank 2 P - 1 - s from s = P on.
struct stage_map {
  std::size_t ranks = 1;
  std::size_t per_rank = 1;
  bool is_v = false;

  [[nodiscard]] constexpr std::size_t stages() const { return multiply(ranks, per_rank); }
  [[nodiscard]] constexpr std::size_t rank_of(std::size_t stage) const {
    return is_v && stage >= ranks ? 2 * ranks - 1 - stage : stage % ranks;
  }
  /// In order.
  [[nodiscard]] constexpr std::vector<std::size_t> of_rank(std::size_t rank) const {
    std::vector<std::size_t> held;
    for (std::size_t stage = 0; stage != stages(); ++stage)
      if (rank_of(stage) == rank) held.push_back(stage);
    return held;
  }

  [[nodiscard]] constexpr bool is_first(std::size_t stage) const { return stage == 0; }
  [[nodiscard]] constexpr bool is_last(std::size_t stage) const { return stage + 1 == stages(); }
  /// Whether its activations go to another rank, and its gradients.
  [[nodiscard]] constexpr bool sends_forward(std::size_t stage) const { return !is_last(stage) && rank_of(stage + 1) != rank_of(stage); }
  [[nodiscard]] constexpr bool sends_backward(std::size_t stage) const { return !is_first(stage) && rank_of(stage - 1) != rank_of(stage); }

  [[nodiscard]] friend constexpr bool operator==(stage_map const&, stage_map const&) = default;
};

}  // namespace commfold::parallel::pipeline
