// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline/orders.hpp
/// In which order a rank computes its stages and micro-batches, under each schedule, without sends and receives.

#include <commfold/parallel/pipeline/action.hpp>
#include <commfold/parallel/pipeline/stages.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::pipeline::detail {

/// Writes actions; each stage takes its micro-batches in order, by forwards, backwards of inputs, and backwards of weights.
class order_writer {
 public:
  constexpr explicit order_writer(std::size_t stages) : stages_(stages), next_(3 * stages, std::size_t{0}) {}

  constexpr void forward(std::size_t stage) { put(what::forward, stage, next(0, stage)++); }
  /// Of inputs and weights at once.
  constexpr void full_backward(std::size_t stage) {
    put(what::full_backward, stage, next(1, stage)++);
    ++next(2, stage);
  }
  constexpr void backward_input(std::size_t stage) { put(what::backward_input, stage, next(1, stage)++); }
  constexpr void backward_weight(std::size_t stage) { put(what::backward_weight, stage, next(2, stage)++); }
  /// A forward of one stage while another one's backward runs.
  constexpr void overlap(std::size_t forward_stage, std::size_t backward_stage) {
    made_.push_back({what::overlap_f_b, forward_stage, next(0, forward_stage)++, backward_stage, next(1, backward_stage)++});
    ++next(2, backward_stage);
  }
  constexpr void put(pipeline::what what, std::size_t stage, std::size_t micro_batch) { made_.push_back({what, stage, micro_batch}); }

  [[nodiscard]] constexpr std::size_t forwards(std::size_t stage) const { return next_[stage]; }
  [[nodiscard]] constexpr std::size_t inputs(std::size_t stage) const { return next_[stages_ + stage]; }
  [[nodiscard]] constexpr std::size_t weights(std::size_t stage) const { return next_[2 * stages_ + stage]; }

  [[nodiscard]] constexpr std::vector<action> const& actions() const { return made_; }

 private:
  constexpr std::size_t& next(std::size_t kind, std::size_t stage) { return next_[kind * stages_ + stage]; }

  std::size_t stages_;
  std::vector<std::size_t> next_;
  std::vector<action> made_;
};

/// Interleaved 1F1B (Narayanan et al. 2021, arXiv 2104.04473, section 2.2), and with `split` its zero-bubble form, in which the gradients
/// of weights are computed `rank` backwards later. Micro-batches go through the stages of a rank in rounds of `per`. Source:
/// `_get_1f1b_rank_ops` in torch/distributed/pipelining/schedules.py, 2.14.
constexpr std::vector<action> interleaved_order(stage_map const& map, std::size_t rank, std::size_t micro_batches, bool split) {
  std::size_t const rounds = micro_batches / map.ranks == 0 ? 1 : micro_batches / map.ranks;
  std::size_t const per = micro_batches / rounds, all = micro_batches * map.per_rank;
  std::size_t const ahead = (map.per_rank - 1) * per + (split ? 1 : 2) * (map.ranks - 1 - rank), warm_up = ahead < all ? ahead : all;
  auto const backward_stage = [&](std::size_t n) { return (map.per_rank - 1 - n / per % map.per_rank) * map.ranks + rank; };
  order_writer to(map.stages());
  std::size_t weights = 0;
  for (std::size_t n = 0; n != all + warm_up; ++n) {
    if (n < all) to.forward(n / per % map.per_rank * map.ranks + rank);
    if (n < warm_up) continue;
    std::size_t const backward = n - warm_up;
    if (!split) {
      to.full_backward(backward_stage(backward));
      continue;
    }
    to.backward_input(backward_stage(backward));
    if (backward >= rank) to.backward_weight(backward_stage(weights++));
  }
  if (split)
    while (weights != all) to.backward_weight(backward_stage(weights++));
  return to.actions();
}

/// Breadth first (Lamy-Poirier 2022, arXiv 2211.05953): every micro-batch through one stage after the other, and back.
constexpr std::vector<action> looped_bfs_order(stage_map const& map, std::size_t rank, std::size_t micro_batches) {
  order_writer to(map.stages());
  for (std::size_t k = 0; k != map.per_rank; ++k)
    for (std::size_t i = 0; i != micro_batches; ++i) to.forward(k * map.ranks + rank);
  for (std::size_t k = map.per_rank; k-- != 0;)
    for (std::size_t i = micro_batches; i-- != 0;) to.put(what::full_backward, k * map.ranks + rank, i);
  return to.actions();
}

/// ZB-V (Qi et al. 2024, arXiv 2401.10241): two stages a rank in a V, with split backwards. With few micro-batches the order is that of
/// 2 P - 1, without those that are not there. Source: `ScheduleZBVZeroBubble._calculate_single_rank_operations`.
constexpr std::vector<action> zbv_order(stage_map const& map, std::size_t rank, std::size_t micro_batches) {
  std::size_t const ranks = map.ranks, down = rank, up = map.stages() - 1 - rank;
  std::size_t const all = micro_batches < 2 * ranks - 1 ? 2 * ranks - 1 : micro_batches;
  order_writer to(map.stages());
  auto const both_backwards = [&](std::size_t stage) {
    to.backward_input(stage);
    to.backward_weight(stage);
  };
  for (std::size_t i = 0; i != 2 * (ranks - rank) - 1; ++i) to.forward(down);
  for (std::size_t i = 0; i != rank; ++i) {
    to.forward(up);
    to.forward(down);
  }
  for (std::size_t i = 0; i != ranks - rank; ++i) {
    to.forward(up);
    both_backwards(up);
  }
  while (to.forwards(up) < to.forwards(down) || to.forwards(down) < all) {
    if (to.forwards(down) < all) to.forward(down);
    both_backwards(down);
    to.forward(up);
    both_backwards(up);
  }
  for (std::size_t i = 0; i != rank; ++i) {
    to.backward_input(down);
    to.backward_input(up);
  }
  for (std::size_t i = 0; i != ranks - rank; ++i) both_backwards(down);
  while (to.weights(up) < to.inputs(up)) to.backward_weight(up);
  while (to.weights(down) < to.inputs(down)) to.backward_weight(down);
  std::vector<action> there;
  for (action const& one : to.actions())
    if (one.micro_batch < micro_batches) there.push_back(one);
  return there;
}

/// DualPipeV: two stages a rank in a V, whose forwards run while backwards of the other stage do; the "cut in half" form of DeepSeek-V3's
/// DualPipe (arXiv 2412.19437, section 3.2.1), in which no rank holds a second copy. Source:
/// `ScheduleDualPipeV._calculate_single_rank_operations`, after DeepSeek's DualPipeV.
constexpr std::vector<action> dualpipe_v_order(stage_map const& map, std::size_t rank, std::size_t micro_batches) {
  std::size_t const ranks = map.ranks, down = rank, up = map.stages() - 1 - rank, before_last = ranks - rank - 1;
  order_writer to(map.stages());
  std::vector<action> late;  // backwards of weights that wait, in order
  std::size_t first_late = 0;
  auto const backward = [&](std::size_t stage, bool split) {
    if (!split) return to.full_backward(stage);
    late.push_back({what::backward_weight, stage, to.inputs(stage)});
    to.backward_input(stage);
  };
  auto const one_late = [&] {
    if (first_late == late.size()) return;
    to.put(what::backward_weight, late[first_late].stage, late[first_late].micro_batch);
    ++first_late;
  };
  for (std::size_t i = 0; i != 2 * before_last; ++i) to.forward(down);
  for (std::size_t i = 0; i != rank + 1; ++i) {
    to.forward(down);
    to.forward(up);
  }
  for (std::size_t i = 0; i != before_last; ++i) {
    backward(up, true);
    one_late();
    to.forward(up);
  }
  for (std::size_t i = 0; i != micro_batches - 2 * ranks + rank + 1; ++i) {
    if (i == 0 && rank + 1 == ranks) {
      // The last rank has nothing to overlap yet.
      to.forward(down);
      to.full_backward(up);
    } else {
      to.overlap(down, up);
    }
    to.overlap(up, down);
  }
  for (std::size_t i = 0; i != before_last; ++i) {
    to.full_backward(up);
    to.overlap(up, down);
  }
  // From the middle on weights wait, half a turn earlier on odd ranks.
  bool split = false;
  for (std::size_t i = 0; i != rank + 1; ++i) {
    bool const is_middle = i == (rank + 1) / 2;
    if (is_middle && rank % 2 == 1) split = true;
    backward(up, split);
    if (is_middle && rank % 2 == 0) split = true;
    backward(down, split);
  }
  for (std::size_t i = 0; i != before_last; ++i) {
    one_late();
    backward(down, split);
  }
  for (std::size_t i = 0; i != rank + 1; ++i) one_late();
  return to.actions();
}

}  // namespace commfold::parallel::pipeline::detail
