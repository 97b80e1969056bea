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

/// What a token is in each of a layer's four exchanges, where they differ: fp8 there and bfloat16 back.
struct token_shapes {
  token_shape dispatch, combine, combine_backward, dispatch_backward;

  // With a constructor, the braces of one `token_shape` are not taken for the first of four.
  constexpr token_shapes(token_shape const& there, token_shape const& back, token_shape const& gradient_there,
                         token_shape const& gradient_back)
      : dispatch(there), combine(back), combine_backward(gradient_there), dispatch_backward(gradient_back) {}
};

/// What one rank of P sends to the others and gets from them, n(i, j) tokens from rank i to rank j: an `all_to_all_single` whose splits are
/// these numbers, zeros included.
///
///     dispatch  Σ_j n(rank, j) * hidden * b bytes in, Σ_i n(i, rank) * hidden * b out
///     combine   the other way round; so are the backwards, combine's before dispatch's
///
/// A token that goes to several experts of one rank counts once for each of them, as in torchtitan (`token_counts::by_rank`), or once for
/// the rank, as in DeepEP (`once_per_rank`): what the counts say. Shared experts, which all ranks have, send nothing: they are not among
/// the counts. Over an axis of one rank there are no calls. `invalid_argument` for counts that are no square of P and for a rank outside
/// the axis. Source: `all_to_all_single_autograd` in torchtitan's distributed/expert_parallel.py; `dispatch`, `combine` and their backwards
/// in the README of github.com/deepseek-ai/DeepEP, version 1.
template <class Axis>
class rank_exchange {
 public:
  constexpr rank_exchange(token_counts const& by_rank, token_shape const& of, Axis const& axis, std::size_t rank)
      : rank_exchange(by_rank, token_shapes{of, of, of, of}, axis, rank) {}
  constexpr rank_exchange(token_counts const& by_rank, token_shapes const& of, Axis const& axis, std::size_t rank) : of_(of), axis_(axis) {
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
    exchange(comm, of_.dispatch, mine_, others_);
  }
  template <communicator Comm>
  constexpr void combine(Comm& comm) const {
    exchange(comm, of_.combine, others_, mine_);
  }
  template <communicator Comm>
  constexpr void combine_backward(Comm& comm) const {
    exchange(comm, of_.combine_backward, mine_, others_);
  }
  template <communicator Comm>
  constexpr void dispatch_backward(Comm& comm) const {
    exchange(comm, of_.dispatch_backward, others_, mine_);
  }

 private:
  template <class Comm>
  constexpr void exchange(Comm& comm, token_shape const& of, std::vector<std::size_t> const& in,
                          std::vector<std::size_t> const& out) const {
    std::size_t tokens = 0;
    for (std::size_t const n : in) tokens = add(tokens, n);
    dynamic_tensor const sent(of.dtype, {tokens, of.hidden});
    over_several(axis_, [&comm, &sent, &out, &in](auto const& group) { comm.funcol().all_to_all_single(sent, out, in, group); });
  }

  token_shapes of_;
  Axis axis_;
  std::vector<std::size_t> mine_, others_;  ///< tokens that this rank sends to each one, and gets from each one
};

template <class Axis>
rank_exchange(token_counts const&, token_shape const&, Axis const&, std::size_t) -> rank_exchange<Axis>;

/// A layer of E experts over P ranks, E / P on each, as torchtitan's `ExpertParallel` has it. Before the tokens, the ranks exchange how
/// many they are: an `all_to_all_single` of E int64, E / P for each rank.
///
///     forward   counts, dispatch, combine
///     backward  combine, dispatch; where the layer is checkpointed, the forward before
///
/// Under FSDP2 the experts are a unit of their own, inside the layer's and sharded over the axis that is left of data parallelism
/// (`unit::on_mesh`); all else, shared experts too, is sharded over the whole of it. The experts gather between dispatch and combine:
/// ```cpp
/// model.forward(comm, [&](fsdp::moment at) {
///   if (at.begins("experts")) experts.dispatch(comm);
///   if (at.ends("experts")) experts.combine(comm);
/// });
/// ```
/// and `combine_backward`, `dispatch_backward` in the backward, in which experts whose input needs no gradient have no `end`, and dispatch
/// no backward. A checkpointed layer makes the calls of its forward where the backward enters it. Its experts are whole by then and stay
/// so, by `post_forward` in torch/distributed/fsdp/_fully_shard/_fsdp_param_group.py; no measured run has that.
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

template <class Axis>
expert_exchange(token_counts const&, token_shape const&, Axis const&, std::size_t) -> expert_exchange<Axis>;

/// Two exchanges after each other, as DeepEP has them: between nodes, over the ranks of one place in their nodes, to each node once a token
/// that has experts there; then within the node, from the rank that it came to, to each rank once. The results come back within the node
/// first, where those of one token are added up. Of b bytes an element, and counts that `once_per_node` and `once_within_node` give:
///
///     dispatch  Σ_nodes between(node, other) * hidden * b, then Σ_places within(place, other) * hidden * b
///     combine   the other way round; so are the backwards, combine's before dispatch's
///
/// What goes to one's own node, or to oneself, is in the calls and not on a wire. `first` and `second` may be any two axes: a 2DH
/// all-to-all (Tutel, arXiv 2206.03382; DeepSpeed-MoE, arXiv 2201.05596, section 5.2) goes within the node first and sends a token for each
/// of its experts. Source: `internode::dispatch` in csrc/kernels/internode.cu of github.com/deepseek-ai/DeepEP, version 1.
template <class First, class Second>
class hierarchical_exchange {
 public:
  constexpr hierarchical_exchange(rank_exchange<First> const& first, rank_exchange<Second> const& second)
      : first_(first), second_(second) {}

  template <communicator Comm>
  constexpr void dispatch(Comm& comm) const {
    first_.dispatch(comm);
    second_.dispatch(comm);
  }
  template <communicator Comm>
  constexpr void combine(Comm& comm) const {
    second_.combine(comm);
    first_.combine(comm);
  }
  template <communicator Comm>
  constexpr void combine_backward(Comm& comm) const {
    first_.combine_backward(comm);
    second_.combine_backward(comm);
  }
  template <communicator Comm>
  constexpr void dispatch_backward(Comm& comm) const {
    second_.dispatch_backward(comm);
    first_.dispatch_backward(comm);
  }

 private:
  rank_exchange<First> first_;
  rank_exchange<Second> second_;
};

template <class First, class Second>
hierarchical_exchange(rank_exchange<First> const&, rank_exchange<Second> const&) -> hierarchical_exchange<First, Second>;

}  // namespace commfold::parallel::expert
