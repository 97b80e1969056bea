// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/plan.hpp
/// The communication of one training step of a model, whatever its family, under a strategy and over a mesh.

#include <src/models/model.hpp>
#include <src/plan/mesh.hpp>

#include <commfold/tensor/dtype.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

/// How a layer holds its experts. FSDP2 shards, and pads, dimension 0 of each parameter.
enum class expert_layout {
  separate,  ///< three matrices an expert, `[I, H]`, `[I, H]` and `[H, I]`: transformers before version 5
  fused,     ///< two tensors a layer, `[E, 2 I, H]` and `[E, H, I]`: transformers from version 5
};

/// How the replicas of a model hold it and agree on its gradients.
enum class strategy {
  ddp,       ///< PyTorch's DistributedDataParallel: whole on every rank
  fsdp2,     ///< PyTorch's `fully_shard`
  fsdp1,     ///< PyTorch's FullyShardedDataParallel
  hsdp,      ///< `fully_shard` over fsdp, replicated over dp
  zero1,     ///< DeepSpeed's ZeRO: the states of the optimizer are sharded
  zero2,     ///< and the gradients
  zero3,     ///< and the parameters
  megatron,  ///< Megatron-LM: one buffer of gradients; its own tensor parallelism
};
[[nodiscard]] std::string_view name_of(strategy s) noexcept;
/// `input_error` for a name that is none, with the known ones.
[[nodiscard]] strategy strategy_from_name(std::string_view name);

/// What gradients are reduced in where nothing is said. DDP's have the dtypes of the parameters, whatever autocast computes in: empty where
/// the parameters have several. Megatron-LM sums them in float32, and the others reduce in what is computed in.
[[nodiscard]] std::optional<dtype> reduce_dtype_of(strategy s, model const& of, dtype param_dtype) noexcept;

/// Members of a unit of FSDP: "layer", "embed", "norm", "head", "rest".
using unit_members = std::vector<std::string>;

struct plan_options {
  plan_mesh mesh{{axis::dp, 8}};
  strategy by = strategy::fsdp2;

  std::optional<dtype> param_dtype{};   ///< what is computed and gathered in; the model's where it is left out
  std::optional<dtype> reduce_dtype{};  ///< what is reduced; `reduce_dtype_of` where it is left out
  bool reshard_after_forward = true;
  std::vector<unit_members> units{{"layer"}};       ///< beside the root, which has the rest
  std::optional<std::string> trainable{};           ///< `held_options::trainable`
  expert_layout experts = expert_layout::separate;  ///< of families that hold experts one by one
  bool pad = false;                                 ///< accept parameters that the ranks do not divide, and count what FSDP2 pads

  std::size_t micro_batches = 1;
  bool no_sync = false;                ///< reduce in the last micro-batch alone
  std::optional<std::size_t> batch{};  ///< sequences of one rank in a step, over all micro-batches
  std::optional<std::size_t> seq_len{};
  bool sequence_parallel = false;
  bool loss_parallel = false;                    ///< the logits stay cut over tp
  bool checkpointing = false;                    ///< every layer is computed again in the backward
  std::optional<std::string> schedule{};         ///< of a pipeline; 1f1b where it is left out
  std::optional<std::size_t> stages_per_rank{};  ///< 1 under gpipe and 1f1b, 2 under the others, where it is left out
  std::size_t pipeline_rank = 0;                 ///< whose step it is, along pp
  std::size_t context_rank = 0;                  ///< and along cp, around which each rank has neighbours of its own

  bool list_calls = true;  ///< of large steps they take more room and time than the totals
};

/// Bytes that one rank keeps between steps, see memory.hpp.
struct rank_memory {
  std::size_t parameters = 0, gradients = 0, optimizer = 0;

  /// `overflow_error` where the sum does not fit.
  [[nodiscard]] std::size_t all() const;
  bool operator==(rank_memory const&) const = default;
};

struct plan {
  std::size_t parameters = 0;         ///< as they are published: buffers that are saved, included
  std::optional<std::size_t> active;  ///< of them, what one token meets; empty where that is not known
  std::size_t padding = 0;            ///< elements that FSDP2 adds to the parameters, over all ranks of the group that shares them out
  rank_memory memory{};
  ledger<dyn> traffic;
  call_log calls;  ///< every call of the step, in order, where they are asked for
};

/// Units are the layers, one by one, and the root with all that is in no layer. `input_error` for a parameter whose dimension 0 the ranks
/// do not divide, unless padding is accepted, for a scalar, which FSDP2 does not shard, for dtypes that no gradient has, and for what the
/// strategy and the mesh cannot combine; `overflow_error` for a model whose bytes do not fit `std::size_t`.
[[nodiscard]] plan make_plan(model const& of, plan_options const& with);

}  // namespace commfold::io
