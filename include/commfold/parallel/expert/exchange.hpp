// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/expert/exchange.hpp
/// Tokens go to the ranks that have their experts, and come back.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/expert/token_counts.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::expert {

/// Activations of `hidden` elements of a dtype of b bytes.
struct token_shape {
  commfold::dtype dtype = bf16;
  std::size_t hidden = 1;
};

/// What one rank of P sends to the others and gets from them, n(i, j) tokens from rank i to rank j: an `all_to_all_single` whose splits are
/// these numbers, zeros included.
///
///     dispatch  Σ_j n(rank, j) * hidden * b bytes in, Σ_i n(i, rank) * hidden * b out
///     combine   the other way round; so are the backwards, combine's before dispatch's
///
/// A token that goes to several experts of one rank counts once for each of them, as in torchtitan, or once for the rank, as in DeepEP:
/// what the counts say. Shared experts send nothing. Over an axis of one rank there are no calls. `invalid_argument` for counts that are no
/// square of P and for a rank outside the axis.
template <class Axis>
class rank_exchange {
 public:
  constexpr rank_exchange(token_counts const& by_rank, token_shape const& of, Axis const& axis, std::size_t rank) : of_(of), axis_(axis) {
    constexpr char const* verb = "commfold::parallel::expert::rank_exchange";
    std::size_t const ranks = parallel::ranks(axis);
    if (by_rank.ranks() != ranks || by_rank.columns() != ranks)
      commfold::detail::fail<invalid_argument>(verb, "the counts are of {} ranks and {}, and the axis has {} ranks", by_rank.ranks(),
                                               by_rank.columns(), ranks);
    if (rank >= ranks) commfold::detail::fail<invalid_argument>(verb, "rank {} is not one of the {} ranks of the axis", rank, ranks);
    for (std::size_t peer = 0; peer != ranks; ++peer) {
      mine_.push_back(by_rank(rank, peer));
      others_.push_back(by_rank(peer, rank));
    }
  }

  template <communicator Comm>
  constexpr void dispatch(Comm& comm) const {
    exchange(comm, mine_, others_);
  }
  template <communicator Comm>
  constexpr void combine(Comm& comm) const {
    exchange(comm, others_, mine_);
  }
  template <communicator Comm>
  constexpr void combine_backward(Comm& comm) const {
    dispatch(comm);
  }
  template <communicator Comm>
  constexpr void dispatch_backward(Comm& comm) const {
    combine(comm);
  }

 private:
  template <class Comm>
  constexpr void exchange(Comm& comm, std::vector<std::size_t> const& in, std::vector<std::size_t> const& out) const {
    std::size_t tokens = 0;
    for (std::size_t const n : in) tokens = add(tokens, n);
    dynamic_tensor const sent(of_.dtype, {tokens, of_.hidden});
    over_several(axis_, [&comm, &sent, &out, &in](auto const& group) { comm.funcol().all_to_all_single(sent, out, in, group); });
  }

  token_shape of_;
  Axis axis_;
  std::vector<std::size_t> mine_, others_;  ///< tokens that this rank sends to each one, and gets from each one
};

/// A layer of E experts over P ranks, E / P on each, as torchtitan's `ExpertParallel` has it. Before the tokens, the ranks exchange how
/// many they are: an `all_to_all_single` of E int64, E / P for each rank.
///
///     forward   counts, dispatch, combine
///     backward  combine, dispatch; where the layer is checkpointed, the forward before
///
/// `invalid_argument` for what `token_counts::by_rank` and `rank_exchange` refuse. Source: torchtitan's
/// distributed/expert_parallel.py; held against PyTorch in tests/runtime/parallel/expert_rows_test.cpp.
template <class Axis>
class expert_exchange {
 public:
  constexpr expert_exchange(token_counts const& by_expert, token_shape const& of, Axis const& axis, std::size_t rank)
      : tokens_(by_expert.by_rank(), of, axis, rank), experts_(by_expert.columns()), axis_(axis) {}

  /// The experts are next: their counts, and the tokens.
  template <communicator Comm>
  constexpr void dispatch(Comm& comm) const {
    // The generic lambda captures no `this`: with it clang 19 does not accept it in a constant expression.
    over_several(axis_, [&comm, experts = experts_](auto const& group) {
      std::size_t const ranks = group.size;
      std::vector<std::size_t> const splits(ranks, experts / ranks);
      comm.funcol().all_to_all_single(flat_buffer{i64, experts}, splits, splits, group);
    });
    tokens_.dispatch(comm);
  }
  template <communicator Comm>
  constexpr void combine(Comm& comm) const {
    tokens_.combine(comm);
  }
  template <communicator Comm>
  constexpr void combine_backward(Comm& comm) const {
    tokens_.combine_backward(comm);
  }
  template <communicator Comm>
  constexpr void dispatch_backward(Comm& comm) const {
    tokens_.dispatch_backward(comm);
  }

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    dispatch(comm);
    combine(comm);
  }
  template <communicator Comm>
  constexpr void backward(Comm& comm) const {
    combine_backward(comm);
    dispatch_backward(comm);
  }

 private:
  rank_exchange<Axis> tokens_;
  std::size_t experts_;
  Axis axis_;
};

/// Two exchanges after each other: between nodes, where a token goes once to each node, over ranks of one place in their nodes, and then
/// within the node. Each is a `rank_exchange` with counts of its own: what arrives from other nodes is sent on. Source: DeepSpeed-MoE
/// (arXiv 2201.05596), section 5.2; Tutel (arXiv 2206.03382), 2DH.
template <class NodeAxis, class LocalAxis>
class hierarchical_exchange {
 public:
  constexpr hierarchical_exchange(rank_exchange<NodeAxis> const& between, rank_exchange<LocalAxis> const& within)
      : between_(between), within_(within) {}

  template <communicator Comm>
  constexpr void dispatch(Comm& comm) const {
    between_.dispatch(comm);
    within_.dispatch(comm);
  }
  template <communicator Comm>
  constexpr void combine(Comm& comm) const {
    within_.combine(comm);
    between_.combine(comm);
  }
  template <communicator Comm>
  constexpr void combine_backward(Comm& comm) const {
    dispatch(comm);
  }
  template <communicator Comm>
  constexpr void dispatch_backward(Comm& comm) const {
    combine(comm);
  }

 private:
  rank_exchange<NodeAxis> between_;
  rank_exchange<LocalAxis> within_;
};

}  // namespace commfold::parallel::expert
