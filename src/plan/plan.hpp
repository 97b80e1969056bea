// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/plan.hpp
/// The communication of one training step of a model under PyTorch's FSDP2, whatever its family: `fully_shard` on every layer and on the
/// root, as in examples/fsdp2.hpp.

#include <src/models/model.hpp>

#include <examples/steps/fsdp.hpp>

#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>

#include <cstddef>
#include <optional>

namespace commfold::io {

/// How a layer holds its experts. FSDP2 shards, and pads, dimension 0 of each parameter.
enum class expert_layout {
  separate,  ///< three matrices an expert, `[I, H]`, `[I, H]` and `[H, I]`: transformers before version 5
  fused,     ///< two tensors a layer, `[E, 2 I, H]` and `[E, H, I]`: transformers from version 5
};

struct plan_options {
  std::size_t ranks = 8;
  fsdp2::options fsdp{};
  expert_layout experts = expert_layout::separate;  ///< of families that hold experts one by one
  bool pad = false;                                 ///< accept parameters that the ranks do not divide, and count what FSDP2 pads
};

struct plan {
  std::size_t parameters = 0;         ///< as they are published: buffers that are saved, included
  std::optional<std::size_t> active;  ///< of them, what one token meets; empty where that is not known
  std::size_t padding = 0;            ///< elements that FSDP2 adds to the parameters, over all ranks
  ledger<dyn> traffic;
  call_log calls;  ///< every call of the step, in order
};

/// Units are the layers, one by one, and the root with all that is in no layer. `input_error` for a parameter whose dimension 0 the ranks
/// do not divide, unless padding is accepted, for a scalar, which FSDP2 does not shard, and for dtypes that no gradient has;
/// `overflow_error` for a model whose bytes do not fit `std::size_t`.
[[nodiscard]] plan make_plan(model const& of, plan_options const& with);

}  // namespace commfold::io
