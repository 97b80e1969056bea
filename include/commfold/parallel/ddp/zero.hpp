// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/ddp/zero.hpp
/// ZeRO-1 as PyTorch's `ZeroRedundancyOptimizer` has it: every rank updates its part of the parameters and broadcasts them.

#include <commfold/comm/communicator.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/for_each.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace commfold::parallel::ddp {

/// The optimizer of W ranks over the tensors of a tree, all trainable. Parameters are taken by size, the largest first and equal ones as
/// they stand, and each goes to the rank that has the fewest elements so far, the first of such. After a step every rank broadcasts its
/// parameters: Σ bytes of all parameters, in one call a parameter, or one a rank with `parameters_as_bucket_view`. The gradients are
/// DDP's. Source: `_partition_parameters` and `_sync_params` in torch/distributed/optim/zero_redundancy_optimizer.py.
template <class Group>
class zero_redundancy_optimizer {
 public:
  template <class Tree>
  constexpr zero_redundancy_optimizer(Tree const& parameters, Group const& world) : world_(world) {
    tree_for_each(
        [&](auto const& leaf) {
          if constexpr (tensor_like<decltype(leaf)>) parameters_.push_back({dynamic_tensor(leaf), 0});
        },
        parameters);
    std::vector<std::size_t> by_size;
    for (std::size_t i = 0; i != parameters_.size(); ++i) {
      by_size.push_back(i);
      for (std::size_t j = i; j != 0 && elements(by_size[j - 1]) < elements(by_size[j]); --j) std::swap(by_size[j - 1], by_size[j]);
    }
    std::vector<std::size_t> held;
    for (std::size_t r = 0; r != world.size; ++r) held.push_back(0);
    for (std::size_t const at : by_size) {
      std::size_t least = 0;
      for (std::size_t r = 1; r != held.size(); ++r)
        if (held[r] < held[least]) least = r;
      parameters_[at].rank = least;
      held[least] = add(held[least], elements(at));
      order_.push_back(at);
    }
  }

  /// The rank that updates the n-th parameter.
  [[nodiscard]] constexpr std::size_t rank_of(std::size_t n) const { return parameters_.at(n).rank; }

  /// What follows the step of the optimizer: of one rank after the other, its parameters in the order in which it got them.
  template <communicator Comm>
  constexpr void broadcast(Comm& comm) const {
    for (std::size_t r = 0; r != world_.size; ++r)
      for (std::size_t const at : order_)
        if (parameters_[at].rank == r) comm.dist().broadcast(parameters_[at].tensor, r, world_);
  }

  /// The broadcasts after a step with `parameters_as_bucket_view=True`: each rank that has parameters broadcasts one flat tensor of them.
  /// `invalid_argument` for several dtypes.
  template <communicator Comm>
  constexpr void broadcast_bucket_views(Comm& comm) const {
    for (std::size_t r = 0; r != world_.size; ++r) {
      flat_buffer all{f32, 0};
      bool any = false;
      for (std::size_t const at : order_) {
        if (parameters_[at].rank != r) continue;
        dtype const one = parameters_[at].tensor.dtype();
        if (any && one != all.dtype)
          commfold::detail::fail<invalid_argument>("commfold::parallel::ddp", "parameters of {} and {} are not views of one bucket",
                                                   name(all.dtype), name(one));
        all = {one, add(all.elements, elements(at))};
        any = true;
      }
      if (any) comm.dist().broadcast(all, r, world_);
    }
  }

 private:
  struct owned {
    dynamic_tensor tensor;
    std::size_t rank;
  };
  [[nodiscard]] constexpr std::size_t elements(std::size_t at) const { return parameters_[at].tensor.numel(); }

  std::vector<owned> parameters_;
  std::vector<std::size_t> order_;
  Group world_;
};

template <class Tree, class Group>
zero_redundancy_optimizer(Tree const&, Group const&) -> zero_redundancy_optimizer<Group>;

}  // namespace commfold::parallel::ddp
