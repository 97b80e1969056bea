// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline/play.hpp
/// One rank's step of a pipeline, as calls of a communicator.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/parallel/pipeline/action.hpp>
#include <commfold/parallel/pipeline/schedule.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/for_each.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace commfold::parallel::pipeline {

/// Whether a step has backwards: `schedule.step` or `schedule.eval`.
enum class pass : unsigned char { forward_and_backward, forward_only };

namespace detail {

/// Calls use(tensor) for what a stage hands to the next one: the tensors of a tree, or of what a function of the stage returns.
template <class Boundary, class Use>
constexpr void for_each_handed_on([[maybe_unused]] Boundary const& boundary, [[maybe_unused]] std::size_t stage, Use const& use) {
  if constexpr (std::invocable<Boundary const&, std::size_t>)
    for_each_handed_on(boundary(stage), stage, use);
  else
    tree_for_each(
        [&](auto const& leaf) {
          if constexpr (tensor_like<decltype(leaf)>) use(leaf);
        },
        boundary);
}

/// The group of an axis of the schedule's ranks.
template <class Axis, class Use>
constexpr void over_ranks(schedule const& of, Axis const& axis, Use const& use) {
  if (parallel::ranks(axis) != of.ranks())
    commfold::detail::fail<invalid_argument>("commfold::parallel::pipeline::play", "the schedule has {} ranks, and the axis has {}",
                                             of.ranks(), parallel::ranks(axis));
  over(axis, use);
}

template <class Comm, class Tensor, class Group>
constexpr void exchange(Comm& comm, bool sends, Tensor const& tensor, std::size_t peer, Group const& group) {
  if (sends)
    comm.dist().send(tensor, peer, group);
  else
    comm.dist().recv(tensor, peer, group);
}

}  // namespace detail

/// play(comm, schedule, rank, axis, boundary, compute): the actions of one rank. A send or receive is one `c10d::send` or `c10d::recv_` for
/// each tensor of `boundary`, which is a tree of what a stage hands to the next one, or a function of the stage that returns one; gradients
/// have the shapes of the activations. Every other action is given to `compute(action)`, an overlap as its two parts: the stage's own calls
/// are made there. Of a forward-only pass, backwards and reductions are left out. `invalid_argument` for an axis of another number of
/// ranks.
/// ```cpp
/// pipeline::play(comm, pipeline::schedule(pipeline::schedule_kind::one_f_one_b, 4, 1, 8), rank, pp, activation, [&](pipeline::action a) {
///   if (a.what == pipeline::what::reduce_grad) model.reduce_gradients(comm);
/// });
/// ```
template <communicator Comm, class Axis, class Boundary, class Compute>
constexpr void play(Comm& comm, schedule const& of, std::size_t rank, Axis const& axis, Boundary const& boundary, Compute const& compute,
                    pass which = pass::forward_and_backward) {
  std::vector<action> const actions = of.actions_of(rank);
  // No generic lambda captures what is not given to it by name: clang 19 does not accept it in a constant expression.
  detail::over_ranks(of, axis, [&comm, &of, &boundary, &compute, &actions, which](auto const& group) {
    for (action const& one : actions) {
      bool const sends = one.what == what::send_f || one.what == what::send_b;
      bool const is_forward = one.what == what::send_f || one.what == what::recv_f;
      bool const is_gradient = one.what == what::send_b || one.what == what::recv_b;
      if (which == pass::forward_only && (is_gradient || one.is_backward() || one.what == what::reduce_grad)) continue;
      if (!is_forward && !is_gradient) {
        for_each_part(one, [&compute, which](action const& part) {
          if (which == pass::forward_and_backward || !part.is_backward()) compute(part);
        });
        continue;
      }
      // Activations go to the next stage, gradients to the one before; what is received comes from the other side.
      bool const is_next = sends == is_forward;
      std::size_t const peer = of.map().rank_of(is_next ? one.stage + 1 : one.stage - 1);
      detail::for_each_handed_on(boundary, is_next ? one.stage : one.stage - 1,
                                 [&comm, &group, sends, peer](auto const& tensor) { detail::exchange(comm, sends, tensor, peer, group); });
    }
  });
}

/// exchanges(comm, schedule, rank, axis, boundary): the sends and receives of `play`, one stage after the other, the micro-batches counted
/// by `comm.repeat`. Of each of the rank's stages, m times for a boundary to another rank: receive and send of activations, receive and
/// send of gradients. It does not make the order of all ranks, so that a constant of many micro-batches costs what one costs: for totals
/// and budgets, where the order changes nothing.
template <communicator Comm, class Axis, class Boundary>
constexpr void exchanges(Comm& comm, schedule const& of, std::size_t rank, Axis const& axis, Boundary const& boundary,
                         pass which = pass::forward_and_backward) {
  std::vector<std::size_t> const held = of.map().of_rank(rank);
  detail::over_ranks(of, axis, [&comm, &of, &held, &boundary, which](auto const& group) {
    auto const pass_on = [&comm, &boundary, &group](bool sends, std::size_t stage, std::size_t peer) {
      detail::for_each_handed_on(boundary, stage,
                                 [&comm, &group, sends, peer](auto const& tensor) { detail::exchange(comm, sends, tensor, peer, group); });
    };
    comm.repeat(of.micro_batches(), [&map = of.map(), &held, &pass_on, which] {
      for (std::size_t const stage : held) {
        bool const before = map.sends_backward(stage), after = map.sends_forward(stage);
        if (before) pass_on(false, stage - 1, map.rank_of(stage - 1));
        if (after) pass_on(true, stage, map.rank_of(stage + 1));
        if (which == pass::forward_only) continue;
        if (after) pass_on(false, stage, map.rank_of(stage + 1));
        if (before) pass_on(true, stage - 1, map.rank_of(stage - 1));
      }
    });
  });
}

/// What the stages of a rank agree on before the first step, over the boundaries between ranks: one `int32` down the stages and one back
/// up, by which they tell whether each knows the shapes that it gets. Later steps make none of these calls.
template <communicator Comm, class Axis>
constexpr void vote(Comm& comm, schedule const& of, std::size_t rank, Axis const& axis) {
  std::vector<std::size_t> const held = of.map().of_rank(rank);
  detail::over_ranks(of, axis, [&comm, &map = of.map(), &held](auto const& group) {
    flat_buffer const one{i32, 1};
    for (std::size_t const stage : held) {
      if (map.sends_backward(stage)) detail::exchange(comm, false, one, map.rank_of(stage - 1), group);
      if (map.sends_forward(stage)) detail::exchange(comm, true, one, map.rank_of(stage + 1), group);
    }
    for (std::size_t i = held.size(); i-- != 0;) {
      std::size_t const stage = held[i];
      if (map.sends_forward(stage)) detail::exchange(comm, false, one, map.rank_of(stage + 1), group);
      if (map.sends_backward(stage)) detail::exchange(comm, true, one, map.rank_of(stage - 1), group);
    }
  });
}

/// infer_shapes(comm, schedule, rank, axis, pickle_bytes, compute): what follows the vote where the stages were not told their shapes. Each
/// stage runs once, `compute(action)`, forward and, in a training step, from the second stage on backward, and hands on what it returned as
/// a pickle: an `int64` with its length, then `pickle_bytes` of `uint8`. The length is no contract of PyTorch's: 166 or 167 bytes were seen
/// for one tensor under 2.14.
template <communicator Comm, class Axis, class Compute>
constexpr void infer_shapes(Comm& comm, schedule const& of, std::size_t rank, Axis const& axis, std::size_t pickle_bytes,
                            Compute const& compute, pass which = pass::forward_and_backward) {
  std::vector<std::size_t> const held = of.map().of_rank(rank);
  detail::over_ranks(of, axis, [&comm, &map = of.map(), &held, &compute, pickle_bytes, which](auto const& group) {
    auto const exchange = [&comm, &group, pickle_bytes](bool sends, std::size_t peer) {
      detail::exchange(comm, sends, flat_buffer{i64, 1}, peer, group);
      detail::exchange(comm, sends, flat_buffer{u8, pickle_bytes}, peer, group);
    };
    for (std::size_t const stage : held) {
      if (map.sends_backward(stage)) exchange(false, map.rank_of(stage - 1));
      compute(action{what::forward, stage});
      if (map.sends_forward(stage)) exchange(true, map.rank_of(stage + 1));
    }
    if (which == pass::forward_only) return;
    for (std::size_t i = held.size(); i-- != 0;) {
      std::size_t const stage = held[i];
      if (map.sends_forward(stage)) exchange(false, map.rank_of(stage + 1));
      if (!map.is_first(stage)) compute(action{what::full_backward, stage});
      if (map.sends_backward(stage)) exchange(true, map.rank_of(stage - 1));
    }
  });
}

}  // namespace commfold::parallel::pipeline
