// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/fsdp/policy.hpp
/// The arguments of PyTorch's `fully_shard`: the mesh, `reshard_after_forward`, mixed precision, and how gradients are divided.

#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>

#include <concepts>
#include <cstddef>
#include <optional>

namespace commfold::parallel::fsdp {

/// The axes of `fully_shard(mesh=...)`. `replicate` is there under HSDP and under `replicate()`, which has no `shard` axis. `reshard` is no
/// axis of PyTorch's mesh: it is the group of the `k` ranks that hold a unit together under `reshard_after_forward=k`, a part of `shard`.
template <class Shard, class Replicate = no_axis, class Reshard = no_axis>
struct mesh {
  Shard shard;
  Replicate replicate = {};
  Reshard reshard = {};
};
template <class Shard, class Replicate = no_axis, class Reshard = no_axis>
mesh(Shard, Replicate = {}, Reshard = {}) -> mesh<Shard, Replicate, Reshard>;

/// `reshard_after_forward`. `true`: after its forward a unit is sharded again. `false`: it stays whole. A number k: it is sharded over
/// groups of k ranks, from which the backward gathers it; 1 is `false`, and the number of ranks of the shard axis is `true`. Nothing said:
/// `true`, but `false` for the root.
class reshard {
 public:
  constexpr reshard() = default;
  constexpr reshard(std::same_as<bool> auto yes) : how_(yes ? how::yes : how::no) {}
  template <size_like N>
    requires(!std::same_as<N, bool>)
  constexpr reshard(N const& over) : how_(how::over), over_(commfold::detail::to_size(over, "commfold::parallel::fsdp::reshard")) {}

  /// The number of ranks that a unit is held by between forward and backward: S where it is sharded again, 1 where it stays whole, k.
  /// `invalid_argument` where k does not divide S, as PyTorch refuses it.
  [[nodiscard]] constexpr std::size_t ranks(std::size_t shard_ranks, bool is_root) const {
    if (how_ == how::by_default) return is_root ? 1 : shard_ranks;
    if (how_ == how::yes) return shard_ranks;
    if (how_ == how::no) return 1;
    if (over_ == 0 || shard_ranks % over_ != 0)
      commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp",
                                               "reshard_after_forward is {}, which does not divide the {} ranks of the shard axis", over_,
                                               shard_ranks);
    return over_;
  }

  [[nodiscard]] friend constexpr bool operator==(reshard const&, reshard const&) = default;

 private:
  enum class how : unsigned char { by_default, yes, no, over };
  how how_ = how::by_default;
  std::size_t over_ = 0;
};

/// What `fully_shard` and the setters of `FSDPModule` say of one unit, or of all that say nothing themselves.
struct policy {
  std::optional<dtype> param_dtype{};   ///< what is gathered: `MixedPrecisionPolicy.param_dtype`; the parameters' own where it is left out
  std::optional<dtype> reduce_dtype{};  ///< what is reduced: `MixedPrecisionPolicy.reduce_dtype`; left out, the dtype of the gradients
  reshard reshard_after_forward{};
  /// `set_gradient_divide_factor`. It is a property of one unit and does not reach the units inside.
  std::optional<double> gradient_divide_factor{};
  bool force_sum = false;      ///< `set_force_sum_reduction_for_comms`
  bool reduce_unused = false;  ///< reduce parameters, too, that the step did not use, in units of which it used others

  /// FSDP1 (`FullyShardedDataParallel`): a unit is one flat parameter, padded as a whole, of one dtype, with a gradient or without, and
  /// gradients are divided by hand and summed. `FULL_SHARD` is the default, `SHARD_GRAD_OP` is `reshard_after_forward = false`.
  bool flat_parameter = false;

  [[nodiscard]] friend constexpr bool operator==(policy const&, policy const&) = default;
};

/// What may differ between the micro-batches of a step: PyTorch's `set_requires_gradient_sync` and the like.
struct micro_batch {
  bool requires_gradient_sync = true;  ///< no: gradients stay whole, nothing is reduced
  bool requires_all_reduce = true;     ///< HSDP, no: gradients are scattered, and not reduced over the replicas
  bool reshard_after_backward = true;  ///< no: units stay whole for the next forward
  bool is_last_backward = true;        ///< no: FSDP2 keeps its list of forwards, and the next backward prefetches from it
};

}  // namespace commfold::parallel::fsdp
