// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline/lowering.hpp
/// Puts what communicates between the computations of a schedule: FSDP's gathers and reductions, sends and receives.

#include <commfold/error.hpp>
#include <commfold/parallel/pipeline/action.hpp>
#include <commfold/parallel/pipeline/stages.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace commfold::parallel::pipeline::detail {

using action_list = std::vector<action>;

/// UNSHARD before a stage is used and RESHARD when it is not among the next three stages any more. Source: `_add_unshard_reshard` in
/// torch/distributed/pipelining/schedules.py.
class unshard_writer {
 public:
  constexpr unshard_writer(action_list const& computed, std::vector<std::size_t> const& held) : computed_(computed), held_(held) {
    // The next use of each stage, from the end on.
    next_use_.resize(held.size() * computed.size(), none);
    for (std::size_t at = computed.size(); at-- != 0;) {
      for (std::size_t k = 0; k != held.size(); ++k) next_use(at, k) = at + 1 == computed.size() ? none : next_use(at + 1, k);
      std::size_t part = 0;
      for_each_part(computed[at], [&](action const& one) { next_use(at, place_of(one.stage)) = 2 * at + part++; });
    }
  }

  [[nodiscard]] constexpr action_list written() {
    for (std::size_t at = 0; at != computed_.size(); ++at) {
      std::vector<std::size_t> const wanted = wanted_at(at);
      for (std::size_t k = 0; k != held_.size(); ++k)
        if (active(k) && !contains(wanted, k)) put(what::reshard, k);
      for (std::size_t const k : wanted)
        if (!active(k)) put(what::unshard, k);
      made_.push_back(computed_[at]);
    }
    for (std::size_t k = 0; k != held_.size(); ++k)
      if (active(k)) put(what::reshard, k);
    return made_;
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};
  static constexpr std::size_t most_active = 3;

  constexpr std::size_t& next_use(std::size_t at, std::size_t k) { return next_use_[at * held_.size() + k]; }
  [[nodiscard]] constexpr std::size_t place_of(std::size_t stage) const {
    std::size_t k = 0;
    while (held_[k] != stage) ++k;
    return k;
  }
  static constexpr bool contains(std::vector<std::size_t> const& in, std::size_t k) {
    for (std::size_t const one : in)
      if (one == k) return true;
    return false;
  }
  [[nodiscard]] constexpr bool active(std::size_t k) const { return contains(active_, k); }

  /// The places of the next stages in the order of their use: three, or four where the last two are used at once.
  constexpr std::vector<std::size_t> wanted_at(std::size_t at) {
    std::vector<std::size_t> wanted;
    std::size_t last = none;
    for (;;) {
      std::size_t nearest = none;
      for (std::size_t k = 0; k != held_.size(); ++k)
        if (next_use(at, k) != none && !contains(wanted, k) && (nearest == none || next_use(at, k) < next_use(at, nearest))) nearest = k;
      if (nearest == none) return wanted;
      std::size_t const action_of_it = next_use(at, nearest) / 2;
      if (wanted.size() >= most_active && action_of_it != last) return wanted;
      wanted.push_back(nearest);
      last = action_of_it;
    }
  }

  constexpr void put(pipeline::what what, std::size_t k) {
    made_.push_back({what, held_[k]});
    if (what == pipeline::what::unshard) {
      active_.push_back(k);
      return;
    }
    std::vector<std::size_t> others;
    for (std::size_t const one : active_)
      if (one != k) others.push_back(one);
    active_ = others;
  }

  action_list const& computed_;
  std::vector<std::size_t> held_;
  std::vector<std::size_t> next_use_;  ///< twice the index of the action, and one more in the second part of an overlap
  std::vector<std::size_t> active_;
  action_list made_;
};

/// REDUCE_GRAD after the last gradients of a stage's weights.
constexpr action_list with_reductions(action_list const& of, std::size_t stages, std::size_t micro_batches) {
  std::vector<std::size_t> done(stages, std::size_t{0});
  action_list made;
  for (action const& one : of) {
    made.push_back(one);
    for_each_part(one, [&](action const& part) {
      bool const has_weights = part.what == what::full_backward || part.what == what::backward_weight;
      if (has_weights && ++done[part.stage] == micro_batches) made.push_back({what::reduce_grad, part.stage});
    });
  }
  return made;
}

/// SEND behind what is computed for another rank, and RECV on that rank at once. Ranks take turns, an action each that is not waiting for
/// another one. Source: `_add_send_recv` in torch/distributed/pipelining/schedules.py.
class send_recv_writer {
 public:
  constexpr send_recv_writer(stage_map const& map, std::size_t micro_batches, std::vector<action_list> computed)
      : map_(map),
        micro_batches_(micro_batches),
        computed_(std::move(computed)),
        made_(computed_.size()),
        at_(computed_.size(), std::size_t{0}),
        forward_here_(map.stages() * micro_batches, 0),
        backward_here_(map.stages() * micro_batches, 0) {}

  [[nodiscard]] constexpr std::vector<action_list> written() {
    std::size_t left = 0;
    for (action_list const& one : computed_) left += one.size();
    while (left != 0) {
      std::size_t const before = left;
      for (std::size_t rank = 0; rank != computed_.size(); ++rank) left -= turn_of(rank);
      if (left == before)
        commfold::detail::fail<invalid_argument>("commfold::parallel::pipeline::schedule", "every rank waits for another one");
    }
    return std::move(made_);
  }

 private:
  /// The number of actions, 0 or 1, that the rank has done.
  constexpr std::size_t turn_of(std::size_t rank) {
    std::size_t& at = at_[rank];
    if (at == computed_[rank].size()) return 0;
    action const next = computed_[rank][at];
    bool ready = true;
    for_each_part(next, [&](action const& one) { ready = ready && is_ready(one); });
    if (!ready) return 0;
    made_[rank].push_back(next);
    for_each_part(next, [&](action const& one) { send(rank, one); });
    ++at;
    return 1;
  }

  [[nodiscard]] constexpr std::size_t place(std::size_t stage, std::size_t micro_batch) const {
    return stage * micro_batches_ + micro_batch;
  }
  static constexpr bool gives_input_gradients(action const& one) {
    return one.what == what::full_backward || one.what == what::backward_input;
  }

  /// Whether the rank has what the action needs: received, or computed by its own stage beside this one.
  [[nodiscard]] constexpr bool is_ready(action const& one) const {
    if (one.what == what::forward && !map_.is_first(one.stage)) return forward_here_[place(one.stage, one.micro_batch)] != 0;
    if (gives_input_gradients(one) && !map_.is_last(one.stage)) return backward_here_[place(one.stage, one.micro_batch)] != 0;
    return true;
  }

  constexpr void send(std::size_t rank, action const& one) {
    bool const forward = one.what == what::forward;
    if (forward ? map_.is_last(one.stage) : !gives_input_gradients(one) || map_.is_first(one.stage)) return;
    std::size_t const to = forward ? one.stage + 1 : one.stage - 1;
    (forward ? forward_here_ : backward_here_)[place(to, one.micro_batch)] = 1;
    if (map_.rank_of(to) == rank) return;
    made_[rank].push_back({forward ? what::send_f : what::send_b, one.stage, one.micro_batch});
    made_[map_.rank_of(to)].push_back({forward ? what::recv_f : what::recv_b, to, one.micro_batch});
  }

  stage_map map_;
  std::size_t micro_batches_;
  std::vector<action_list> computed_, made_;
  std::vector<std::size_t> at_;
  std::vector<char> forward_here_, backward_here_;  // not of bool, which clang 19 does not take in a constant with libstdc++ 12
};

}  // namespace commfold::parallel::pipeline::detail
