// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline/schedule.hpp
/// The schedules of pipeline parallelism: what each rank does, in order.

#include <commfold/error.hpp>
#include <commfold/parallel/pipeline/action.hpp>
#include <commfold/parallel/pipeline/lowering.hpp>
#include <commfold/parallel/pipeline/orders.hpp>
#include <commfold/parallel/pipeline/stages.hpp>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::parallel::pipeline {

/// The schedules of torch.distributed.pipelining. The first two have one stage a rank, the last two have two in a V.
enum class schedule_kind : unsigned char {
  gpipe,                    ///< all forwards, then all backwards (Huang et al. 2018, arXiv 1811.06965)
  one_f_one_b,              ///< after a warm-up a forward and a backward by turns (PipeDream-flush, Narayanan et al. 2020)
  interleaved_1f1b,         ///< the same over several stages a rank
  looped_bfs,               ///< breadth first
  interleaved_zero_bubble,  ///< interleaved, with gradients of weights later
  zbv_zero_bubble,          ///< ZB-V
  dualpipe_v                ///< DualPipeV
};

/// As PyTorch calls them: "GPipe", "1F1B", "Interleaved1F1B", "LoopedBFS", "InterleavedZeroBubble", "ZBVZeroBubble", "DualPipeV".
[[nodiscard]] constexpr std::string_view name_of(schedule_kind kind) {
  constexpr std::string_view names[] = {"GPipe",         "1F1B",     "Interleaved1F1B", "LoopedBFS", "InterleavedZeroBubble",
                                        "ZBVZeroBubble", "DualPipeV"};
  return names[static_cast<std::size_t>(kind)];
}

namespace detail {

constexpr char const* verb_of(schedule_kind kind) {
  constexpr char const* verbs[] = {"commfold::parallel::pipeline::schedule: GPipe",
                                   "commfold::parallel::pipeline::schedule: 1F1B",
                                   "commfold::parallel::pipeline::schedule: Interleaved1F1B",
                                   "commfold::parallel::pipeline::schedule: LoopedBFS",
                                   "commfold::parallel::pipeline::schedule: InterleavedZeroBubble",
                                   "commfold::parallel::pipeline::schedule: ZBVZeroBubble",
                                   "commfold::parallel::pipeline::schedule: DualPipeV"};
  return verbs[static_cast<std::size_t>(kind)];
}

}  // namespace detail

/// What each of P ranks does in a step of m micro-batches over N = P * stages_per_rank stages.
///
/// With `A` the bytes that one stage hands to the next one for one micro-batch, a step sends 2 * m * A over each boundary between stages on
/// different ranks: activations forward and gradients back, whatever the schedule, which decides the order alone. Boundaries: N - 1 in a
/// loop over several ranks; N - 2 in a V, whose two middle stages share a rank.
///
/// `invalid_argument` for no rank, no stage, no micro-batch, and for what PyTorch refuses: several stages a rank under GPipe and 1F1B;
/// other than two under ZBV and DualPipeV; micro-batches that interleaved rounds do not divide (m must be a multiple of max(1, ⌊m / P⌋));
/// DualPipeV with fewer micro-batches than stages. Source: torch/distributed/pipelining/schedules.py, 2.14; held against PyTorch, action by
/// action and call by call, in tests/runtime/parallel/pipeline_rows_test.cpp.
class schedule {
 public:
  constexpr schedule(schedule_kind kind, std::size_t ranks, std::size_t stages_per_rank, std::size_t micro_batches)
      : kind_(kind), map_{ranks, stages_per_rank, is_v(kind)}, micro_batches_(micro_batches) {
    if (ranks == 0 || stages_per_rank == 0 || micro_batches == 0)
      commfold::detail::fail<invalid_argument>(detail::verb_of(kind), "needs a rank, a stage and a micro-batch, and is given {}, {} and {}",
                                               ranks, stages_per_rank, micro_batches);
    if ((kind == schedule_kind::gpipe || kind == schedule_kind::one_f_one_b) && stages_per_rank != 1)
      commfold::detail::fail<invalid_argument>(detail::verb_of(kind), "has one stage a rank, not {}", stages_per_rank);
    if (is_v(kind) && stages_per_rank != 2)
      commfold::detail::fail<invalid_argument>(detail::verb_of(kind), "has two stages a rank, not {}", stages_per_rank);
    std::size_t const rounds = micro_batches / ranks == 0 ? 1 : micro_batches / ranks;
    if ((kind == schedule_kind::interleaved_1f1b || kind == schedule_kind::interleaved_zero_bubble) && micro_batches % rounds != 0)
      commfold::detail::fail<invalid_argument>(
          detail::verb_of(kind), "goes in {} rounds over {} ranks, which do not divide {} micro-batches", rounds, ranks, micro_batches);
    if (kind == schedule_kind::dualpipe_v && micro_batches < stages())
      commfold::detail::fail<invalid_argument>(
          detail::verb_of(kind), "needs as many micro-batches as there are stages, {}, and there are {}", stages(), micro_batches);
  }

  [[nodiscard]] constexpr schedule_kind kind() const { return kind_; }
  [[nodiscard]] constexpr stage_map const& map() const { return map_; }
  [[nodiscard]] constexpr std::size_t ranks() const { return map_.ranks; }
  [[nodiscard]] constexpr std::size_t stages() const { return map_.stages(); }
  [[nodiscard]] constexpr std::size_t micro_batches() const { return micro_batches_; }

  /// All actions of a rank, in order. `invalid_argument` for a rank that is none.
  [[nodiscard]] constexpr std::vector<action> actions_of(std::size_t rank) const {
    if (rank >= ranks())
      commfold::detail::fail<invalid_argument>(detail::verb_of(kind_), "has {} ranks, and is asked for rank {}", ranks(), rank);
    if (kind_ == schedule_kind::gpipe) return gpipe(rank);
    if (kind_ == schedule_kind::one_f_one_b) return one_f_one_b(rank);
    std::vector<detail::action_list> computed;
    for (std::size_t r = 0; r != ranks(); ++r) {
      detail::action_list const order = order_of(r);
      computed.push_back(detail::with_reductions(detail::unshard_writer(order, map_.of_rank(r)).written(), stages(), micro_batches_));
    }
    return std::move(detail::send_recv_writer(map_, micro_batches_, std::move(computed)).written()[rank]);
  }

 private:
  static constexpr bool is_v(schedule_kind kind) { return kind == schedule_kind::zbv_zero_bubble || kind == schedule_kind::dualpipe_v; }
  [[nodiscard]] constexpr detail::action_list order_of(std::size_t rank) const {
    if (kind_ == schedule_kind::looped_bfs) return detail::looped_bfs_order(map_, rank, micro_batches_);
    if (kind_ == schedule_kind::zbv_zero_bubble) return detail::zbv_order(map_, rank, micro_batches_);
    if (kind_ == schedule_kind::dualpipe_v) return detail::dualpipe_v_order(map_, rank, micro_batches_);
    return detail::interleaved_order(map_, rank, micro_batches_, kind_ == schedule_kind::interleaved_zero_bubble);
  }

  /// Actions of the one stage of a rank.
  class writer {
   public:
    constexpr writer(stage_map const& map, std::size_t stage) : map_(map), stage_(stage) {}

    constexpr void forward(std::size_t i) {
      if (!map_.is_first(stage_)) put(what::recv_f, i);
      put(what::forward, i);
    }
    constexpr void send_forward(std::size_t i) {
      if (!map_.is_last(stage_)) put(what::send_f, i);
    }
    constexpr void backward(std::size_t i) {
      if (!map_.is_last(stage_)) put(what::recv_b, i);
      put(what::full_backward, i);
    }
    constexpr void send_backward(std::size_t i) {
      if (!map_.is_first(stage_)) put(what::send_b, i);
    }
    [[nodiscard]] constexpr detail::action_list reduced() {
      made_.push_back({what::reduce_grad, stage_});
      return std::move(made_);
    }

   private:
    constexpr void put(pipeline::what what, std::size_t i) { made_.push_back({what, stage_, i}); }

    stage_map map_;
    std::size_t stage_;
    detail::action_list made_;
  };

  [[nodiscard]] constexpr detail::action_list gpipe(std::size_t rank) const {
    writer to(map_, rank);
    for (std::size_t i = 0; i != micro_batches_; ++i) {
      to.forward(i);
      to.send_forward(i);
    }
    for (std::size_t i = 0; i != micro_batches_; ++i) {
      to.backward(i);
      to.send_backward(i);
    }
    return to.reduced();
  }

  /// The last forward of the warm-up is sent together with the receive of the first gradients, which PyTorch batches; so are, from then on,
  /// each gradient with the next activations to receive.
  [[nodiscard]] constexpr detail::action_list one_f_one_b(std::size_t rank) const {
    writer to(map_, rank);
    std::size_t const ahead = stages() - rank, warm_up = ahead < micro_batches_ ? ahead : micro_batches_;
    std::size_t forwards = 0, backwards = 0;
    while (forwards != warm_up) {
      to.forward(forwards++);
      if (forwards != warm_up) to.send_forward(forwards - 1);
    }
    to.send_forward(forwards - 1);
    for (;;) {
      to.backward(backwards++);
      to.send_backward(backwards - 1);
      if (forwards == micro_batches_) break;
      to.forward(forwards++);
      to.send_forward(forwards - 1);
    }
    while (backwards != micro_batches_) {
      to.backward(backwards++);
      to.send_backward(backwards - 1);
    }
    return to.reduced();
  }

  schedule_kind kind_;
  stage_map map_;
  std::size_t micro_batches_;
};

}  // namespace commfold::parallel::pipeline
