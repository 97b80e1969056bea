// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/zero.hpp
/// DeepSpeed's ZeRO: the states of the optimizer, gradients and parameters in shares.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/ddp/buckets.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::zero {

/// What each of W ranks has its share of, beside what the stage before has.
enum class stage : unsigned char {
  optimizer = 1,  ///< the states of the optimizer
  gradients = 2,
  parameters = 3
};

/// DeepSpeed's configuration, by its names and with its defaults; `overlap_comm` and the prefetches of stage 3 change when, not how much.
struct options {
  std::size_t reduce_bucket_size = 500'000'000;       ///< elements
  std::size_t param_persistence_threshold = 100'000;  ///< stage 3: parameters of fewer elements stay whole between steps
};

/// Parameters that are gathered together under stage 3, in the order of use: a module and its own tensors.
using module = std::vector<ddp::piece>;

/// A model under ZeRO over W ranks, with Ψ elements of parameters of b bytes, all trained:
///
///     stage 1  at the last micro-batch `allreduce_` of each bucket of gradients, Ψ * b in all; after the step `_allgather_base_` of all
///              parameters that are trained, padded to a multiple of 2 W
///     stage 2  the same, but gradients are reduced in every micro-batch. DeepSpeed's `reduce_scatter` reduces a bucket whose gradients
///              belong to several ranks by an all-reduce (`use_multi_rank_bucket_allreduce`, the default), of which each keeps its own
///     stage 3  `_allgather_base_` of each module in the forward and again in the backward, W * Σ ⌈n / W⌉ elements; `_reduce_scatter_base_`
///              of each bucket of gradients in every micro-batch; after the step a gather of the parameters that stay whole
///
/// and in each step an `allreduce_` of one float32 for the norm of all gradients, and of one byte for an overflow unless gradients are
/// float32. Over one rank the reductions are made, and the gathers are not.
/// By rings stages 1 and 2 send 3 Ψ b (W - 1) / W, where the paper's reduce-scatter has 2, and stage 3 sends 3: ZeRO, Rajbhandari et al.
/// 2020 (arXiv 1910.02054), section 7. A bucket is closed before a gradient that it has no room for; larger gradients stand alone. Sources:
/// deepspeed/runtime/zero/{stage_1_and_2,stage3}.py and runtime/comm/coalesced_collectives.py, 0.16.5. No run of DeepSpeed was measured.
/// How many modules a gather of stage 3 joins depends on the trace of the step before and on `prefetch_bucket_size`: here each module is
/// one. `invalid_argument` for a model without a trained parameter, and for gradients of several dtypes.
template <class Axis>
class partitioned_model {
 public:
  constexpr partitioned_model(zero::stage of, std::vector<module> const& modules, Axis const& axis, options const& with = {})
      : stage_(of), modules_(modules), axis_(axis), with_(with) {
    for (module const& m : modules)
      for (ddp::piece const& one : m) {
        if (!one.trainable) continue;
        if (trained_.empty()) dtype_ = one.dtype;
        if (one.dtype != dtype_)
          commfold::detail::fail<invalid_argument>("commfold::parallel::zero", "gradients of {} and {} are not reduced in one bucket",
                                                   name(dtype_), name(one.dtype));
        trained_.push_back(one.elements);
      }
    if (trained_.empty())
      commfold::detail::fail<invalid_argument>("commfold::parallel::zero",
                                               "no parameter of the model needs a gradient: there is nothing to share");
  }

  template <communicator Comm>
  constexpr void forward(Comm& comm) const {
    if (stage_ != stage::parameters) return;
    for (module const& m : modules_) gather(comm, m, false);
  }

  /// `is_last`: of the step's micro-batches.
  template <communicator Comm>
  constexpr void backward(Comm& comm, bool is_last = true) const {
    if (stage_ == stage::parameters)
      for (std::size_t i = modules_.size(); i-- != 0;) gather(comm, modules_[i], false);
    if (stage_ != stage::optimizer || is_last) reduce(comm);
  }

  template <communicator Comm>
  constexpr void step(Comm& comm) const {
    if (dtype_ != f32) reduce_number(comm, u8, reduce_op::max);
    reduce_number(comm, f32, sum);
    if (stage_ != stage::parameters) {
      gather_shares(comm, part());
    } else {
      module whole;
      for (module const& m : modules_)
        for (ddp::piece const& one : m) whole.push_back(one);
      gather(comm, whole, true);
    }
  }

 private:
  [[nodiscard]] constexpr bool persists(ddp::piece const& one) const { return one.elements < with_.param_persistence_threshold; }

  /// Stage 3: the parameters of a module that are in shares, or those that stay whole.
  template <class Comm>
  constexpr void gather(Comm& comm, module const& of, bool those_that_stay) const {
    std::size_t share = 0;
    for (ddp::piece const& one : of)
      if (persists(one) == those_that_stay) share = add(share, commfold::detail::ceil_div(one.elements, ranks(axis_)));
    if (share != 0) gather_shares(comm, share);
  }
  template <class Comm>
  constexpr void gather_shares(Comm& comm, std::size_t share) const {
    flat_buffer const part{dtype_, share}, whole{dtype_, multiply(share, ranks(axis_))};
    over_several(axis_, [&comm, &part, &whole](auto const& group) { comm.dist().all_gather_into_tensor(whole, part, group); });
  }
  template <class Comm>
  constexpr void reduce_number(Comm& comm, commfold::dtype of, reduce_op op) const {
    flat_buffer const one{of, 1};
    over(axis_, [&comm, &one, op](auto const& group) { comm.dist().all_reduce(one, op, group); });
  }

  /// The elements of one rank's part of all trained parameters.
  [[nodiscard]] constexpr std::size_t part() const {
    std::size_t all = 0;
    for (std::size_t const n : trained_) all = add(all, n);
    return multiply(commfold::detail::ceil_div(all, multiply(std::size_t{2}, ranks(axis_))), std::size_t{2});
  }

  template <class Comm>
  constexpr void reduce(Comm& comm) const {
    std::size_t elements = 0, shares = 0, offset = 0;
    for (std::size_t i = 0; i != trained_.size(); ++i) {
      bool const is_reverse = stage_ != stage::optimizer;
      std::size_t const n = trained_[is_reverse ? trained_.size() - 1 - i : i];
      bool const is_full = elements != 0 && add(elements, n) > with_.reduce_bucket_size;
      if (is_full) {
        reduce_bucket(comm, elements, shares);
        elements = shares = 0;
      }
      if (n > with_.reduce_bucket_size && stage_ != stage::parameters)
        reduce_large(comm, n, is_reverse ? elements_before(trained_.size() - 1 - i) : offset);
      else
        elements = add(elements, n);
      shares = add(shares, commfold::detail::ceil_div(n, ranks(axis_)));
      offset = add(offset, n);
    }
    if (elements != 0) reduce_bucket(comm, elements, shares);
  }
  [[nodiscard]] constexpr std::size_t elements_before(std::size_t at) const {
    std::size_t all = 0;
    for (std::size_t i = 0; i != at; ++i) all = add(all, trained_[i]);
    return all;
  }
  /// A gradient that begins at `offset` of all: pieces of the ranks' parts, together until there are more than a bucket's.
  template <class Comm>
  constexpr void reduce_large(Comm& comm, std::size_t n, std::size_t offset) const {
    std::size_t const each = part();
    std::size_t together = 0;
    for (std::size_t done = 0; done != n;) {
      std::size_t const left = each - (offset + done) % each, piece = left < n - done ? left : n - done;
      done += piece;
      together += piece;
      if (together <= with_.reduce_bucket_size && done != n) continue;
      reduce_bucket(comm, together, 0);
      together = 0;
    }
  }
  template <class Comm>
  constexpr void reduce_bucket(Comm& comm, std::size_t elements, std::size_t shares) const {
    flat_buffer const bucket{dtype_, elements}, mine{dtype_, shares}, padded{dtype_, multiply(shares, ranks(axis_))};
    over(axis_, [&comm, &bucket, &mine, &padded, scatters = stage_ == stage::parameters](auto const& group) {
      if (scatters)
        comm.dist().reduce_scatter_tensor(mine, padded, sum, group);
      else
        comm.dist().all_reduce(bucket, sum, group);
    });
  }

  zero::stage stage_;
  std::vector<module> modules_;
  Axis axis_;
  options with_;
  std::vector<std::size_t> trained_;
  commfold::dtype dtype_ = f32;
};

}  // namespace commfold::parallel::zero
