// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/ddp/replicated_model.hpp
/// What a model under PyTorch's `DistributedDataParallel` communicates: gradients in buckets, and the calls that make ranks agree on them.

#include <commfold/comm/communicator.hpp>
#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/ddp/buckets.hpp>
#include <commfold/parallel/ddp/hooks.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace commfold::parallel::ddp {

/// The arguments of `DistributedDataParallel` that change what is communicated. `gradient_as_bucket_view` and
/// `skip_all_reduce_unused_params` change no call.
struct options {
  /// `bucket_cap_mb` in bytes. Left out, a first bucket has 1 MiB, so that the first reduction starts early, and the others 25 MiB. Given,
  /// were it 25 MiB, it is the limit of the first bucket, too.
  std::optional<std::size_t> bucket_cap_bytes{};
  bool find_unused_parameters = false;
  bool static_graph = false;  ///< outranks `find_unused_parameters`
  bool broadcast_buffers = true;
  bool init_sync = true;
  hook comm_hook{};

  [[nodiscard]] constexpr bool finds_unused() const { return find_unused_parameters && !static_graph; }
  [[nodiscard]] constexpr bucket_limits limits() const {
    constexpr std::size_t mib = std::size_t{1} << 20;
    return bucket_cap_bytes ? bucket_limits{*bucket_cap_bytes, *bucket_cap_bytes} : bucket_limits{mib, 25 * mib};
  }
};

/// A model on W ranks. Its states are how many backwards have synchronised and whether the buckets are rebuilt:
///
///     init      `allgather_` of 8 bytes from each rank; `broadcast_` of 16 bytes a dimension of a trainable parameter; `broadcast_` of all
///               parameters and buffers, 250 MiB at a time, one dtype a call
///     forward   where a backward has synchronised since the first: once, `broadcast_` of 4 * (N + 1) bytes, N trainable parameters, and of
///     4
///               bytes a bucket, and the buckets are rebuilt (after two backwards under a static graph; never with
///               `find_unused_parameters`); `broadcast_` of all buffers, if the forward before belonged to a backward that synchronises
///     backward  the gradients of each bucket by the hook: in the first one bucket a dtype without a limit, then the rebuilt ones; under a
///               static graph, in the first, `allreduce_` of 4 * N bytes before; with `find_unused_parameters` the same after them
///
/// Sources: torch/nn/parallel/distributed.py, torch/csrc/distributed/c10d/reducer.cpp, 2.14; held against PyTorch in
/// tests/runtime/parallel/ddp_rows_test.cpp.
/// ```cpp
/// ddp::replicated_model model(ddp::pieces_of(m), ddp::pieces_of(buffers), ddp::options{}, world);
/// comm.phase("init", [&] { model.init(comm); });
/// comm.phase("forward", [&] { model.forward(comm); });
/// comm.phase("backward", [&] { model.backward(comm); });
/// ```
template <class Group, class Local = no_axis>
class replicated_model {
 public:
  /// `local`: the group of `post_local_sgd`. `invalid_argument` for a model without a trainable parameter, as PyTorch refuses it, and for
  /// a PowerSGD that starts before iteration 2.
  constexpr replicated_model(std::vector<piece> const& parameters, std::vector<piece> const& buffers, options const& with,
                             Group const& world, Local const& local = {})
      : all_(parameters), buffers_(buffers), with_(with), world_(world), local_(local) {
    detail::expect_start(with.comm_hook);
    for (piece const& one : parameters)
      if (one.trainable) trained_.push_back(one);
    if (trained_.empty())
      commfold::detail::fail<invalid_argument>("commfold::parallel::ddp",
                                               "no parameter of the model needs a gradient: there is nothing to reduce");
    for (std::size_t i = trained_.size(); i-- != 0;) order_.push_back(i);
    constexpr std::size_t no_limit = ~std::size_t{0};
    std::vector<bucket> first = buckets_in_order(trained_, with.finds_unused() ? with.limits() : bucket_limits{no_limit, no_limit});
    // Gradients are likely to come in the reverse order of the parameters.
    for (std::size_t i = first.size(); i-- != 0;) buckets_.push_back(std::move(first[i]));
    rebuilt_ = with.finds_unused();
  }

  /// The order in which the gradients of the first synchronised backward were ready, as indices of the trainable parameters; those left
  /// out come last. Where nothing is said it is the reverse of the order of definition: right for a model that defines its parameters in
  /// the order of use. `invalid_argument` for an index that is none, or a second time.
  constexpr void set_ready_order(std::vector<std::size_t> const& order) {
    std::vector<char> seen;  // not of bool, which clang 19 does not take in a constant with libstdc++ 12
    for (std::size_t i = 0; i != trained_.size(); ++i) seen.push_back(0);
    order_.clear();
    for (std::size_t const at : order) {
      if (at >= trained_.size() || seen[at] != 0)
        commfold::detail::fail<invalid_argument>("commfold::parallel::ddp",
                                                 "{} in the order of the gradients is no trainable parameter, of {}, or stands there twice",
                                                 at, trained_.size());
      seen[at] = 1;
      order_.push_back(at);
    }
    for (std::size_t i = 0; i != trained_.size(); ++i)
      if (seen[i] == 0) order_.push_back(i);
  }

  /// The model as it is after `steps` steps of one backward each, without their calls. After 2 (3 under a static graph) every step is like
  /// the next.
  constexpr void skip_steps(std::size_t steps) {
    for (std::size_t i = 0; i != steps; ++i) {
      if (rebuilds()) rebuild();
      ++synchronised_;
    }
  }

  /// The constructor of `DistributedDataParallel`.
  template <communicator Comm>
  constexpr void init(Comm& comm) const {
    if (!with_.init_sync) return;
    flat_buffer const count{i64, 1};
    comm.dist().all_gather(std::vector<flat_buffer>(world_.size, count), count, world_);
    std::size_t sizes_and_strides = 0;
    for (piece const& one : trained_) sizes_and_strides += 2 * one.rank;
    broadcast(comm, {i64, sizes_and_strides});
    std::vector<piece> state = all_;
    if (with_.broadcast_buffers)
      for (piece const& one : buffers_) state.push_back(one);
    broadcast_coalesced(comm, state);
  }

  template <communicator Comm>
  constexpr void forward(Comm& comm) {
    if (rebuilds()) {
      rebuild();
      broadcast(comm, {i32, trained_.size() + 1});
      broadcast(comm, {i32, buckets_.size()});
    }
    if (synchronises_ && with_.broadcast_buffers) broadcast_coalesced(comm, buffers_);
  }

  /// `synchronise = false` under `no_sync()`, which must then be around the forward, too: `forward` belongs to the backward that is called
  /// next. `invalid_argument` under a static graph whose first backward does not synchronise: PyTorch dies of an internal assertion.
  template <communicator Comm>
  constexpr void backward(Comm& comm, bool synchronise = true) {
    synchronises_ = synchronise;
    if (!synchronise) {
      if (with_.static_graph && synchronised_ == 0)
        commfold::detail::fail<invalid_argument>("commfold::parallel::ddp",
                                                 "the first backward of a static graph is under no_sync; PyTorch cannot record it");
      return;
    }
    flat_buffer const uses{i32, trained_.size()};
    if (with_.static_graph && synchronised_ == 0) comm.dist().all_reduce(uses, sum, world_);
    // The generic lambda captures no `this`: with it clang 19 does not accept it in a constant expression.
    ddp::for_each_bucket(comm, buckets_,
                         [&comm, &with = with_, iteration = synchronised_, &trained = trained_, &world = world_, &local = local_](
                             bucket const& one) { ddp::reduce_by(comm, with.comm_hook, iteration, trained, one, world, local); });
    if (with_.finds_unused()) comm.dist().all_reduce(uses, sum, world_);
    ++synchronised_;
  }

  /// The buckets of the next backward.
  [[nodiscard]] constexpr std::vector<bucket> const& buckets() const { return buckets_; }

 private:
  [[nodiscard]] constexpr bool rebuilds() const { return !rebuilt_ && synchronised_ >= (with_.static_graph ? 2U : 1U); }
  constexpr void rebuild() {
    buckets_ = ddp::buckets_of(trained_, order_, with_.limits());
    rebuilt_ = true;
  }

  template <class Comm>
  constexpr void broadcast(Comm& comm, flat_buffer const& buffer) const {
    comm.dist().broadcast(buffer, 0, world_);
  }
  template <class Comm>
  constexpr void broadcast_coalesced(Comm& comm, std::vector<piece> const& pieces) const {
    constexpr std::size_t at_once = std::size_t{250} << 20;
    ddp::for_each_bucket(comm, ddp::buckets_in_order(pieces, {at_once, at_once}),
                         [&comm, &world = world_](bucket const& one) { comm.dist().broadcast(one.flat(), 0, world); });
  }

  std::vector<piece> all_, trained_, buffers_;
  std::vector<std::size_t> order_;
  std::vector<bucket> buckets_;
  options with_;
  Group world_;
  Local local_;
  std::size_t synchronised_ = 0;
  bool rebuilt_ = false;
  bool synchronises_ = true;
};

template <class Group, class Local = no_axis>
replicated_model(std::vector<piece> const&, std::vector<piece> const&, options const&, Group const&, Local const& = {})
    -> replicated_model<Group, Local>;

/// Post-local SGD's `PeriodicModelAverager`: after a step it averages all trainable parameters, `allreduce_`(sum) of them in one flat
/// tensor, if step >= warmup and (step - warmup) is a multiple of the period. `invalid_argument` for parameters of several dtypes.
struct periodic_averager {
  std::size_t period;
  std::size_t warmup_steps = 0;

  template <communicator Comm, class Group>
  constexpr void average(Comm& comm, std::vector<piece> const& parameters, std::size_t step, Group const& group) const {
    if (period == 0) commfold::detail::fail<invalid_argument>("commfold::parallel::ddp", "the period of averaging is 0 steps");
    if (step < warmup_steps || (step - warmup_steps) % period != 0) return;
    std::optional<flat_buffer> all;
    for (piece const& one : parameters) {
      if (!one.trainable) continue;
      if (!all) all = flat_buffer{one.dtype, 0};
      if (all->dtype != one.dtype)
        commfold::detail::fail<invalid_argument>("commfold::parallel::ddp", "parameters of {} and {} are not averaged in one flat tensor",
                                                 name(all->dtype), name(one.dtype));
      all = flat_buffer{one.dtype, add(all->elements, one.elements)};
    }
    if (all) comm.dist().all_reduce(*all, sum, group);
  }
};

}  // namespace commfold::parallel::ddp
