// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/steps/configuration.hpp
/// A configuration of torch_steps.jsonl: what its name and its summary row say.

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/dtype.hpp>

#include <tests/support/oracle.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steps_test {

namespace cf = commfold;

/// What a name says, as `fsdp2_hsdp_2x4_fp32params_mp`: kinds of parallelism, the shape of the mesh, and options, in any order. A word
/// that is not known is a `runtime_error` that names the configuration and the word.
struct name_parts {
  bool single = false, ddp = false, fsdp1 = false, fsdp2 = false, hsdp = false, tp = false, sp = false;
  std::vector<std::size_t> mesh;         ///< w8 is {8}, 2x4 is {2, 4}
  std::optional<cf::dtype> stored;       ///< of the parameters; the summary row says it, too
  std::optional<cf::dtype> param_dtype;  ///< of the mixed precision policy
  std::optional<cf::dtype> reduce_dtype;
  bool reshard_after_forward = true;
  std::size_t reshard_ranks = 0;  ///< 0 where it is not a number
  bool loss_parallel = false;
  bool find_unused = false;
  std::size_t bucket_megabytes = 0;  ///< 0 where the name says none
};

[[nodiscard]] name_parts parse_name(std::string_view name);

/// One run of a configuration: with fake tensors or with real ones.
struct configuration {
  std::string name;
  std::string mode;
  name_parts parts;
  std::size_t world = 1;
  std::vector<std::size_t> mesh;
  std::vector<std::string> mesh_names;
  cf::dtype stored{};
  std::size_t batch = 0;
  std::size_t seq_len = 0;
  std::size_t steps = 1;
  /// The phase in which PyTorch gave up, and where it went on without clipping. What was called until then is all there is.
  std::string failed_in;
  std::string clip_failed_in;
  std::string failure;  ///< in PyTorch's words

  /// The group along the n-th axis of the mesh; `runtime_error` where it has none.
  [[nodiscard]] cf::dynamic_group axis(std::size_t n) const {
    if (n >= mesh.size() || n >= mesh_names.size()) throw std::runtime_error(name + ": the mesh has no axis " + std::to_string(n));
    return {mesh_names[n], mesh[n]};
  }
};

/// `runtime_error` where name and row do not agree.
[[nodiscard]] configuration configuration_of(oracle::json const& summary);

}  // namespace steps_test
