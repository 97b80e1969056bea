// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tools/plan_command.hpp
/// `commfold plan`: its options, and what it does with them.

#include <tools/report_options.hpp>

#include <optional>
#include <string>
#include <vector>

namespace commfold::tool {

struct plan_arguments {
  std::string file;
  std::optional<std::string> ranks, mesh;
  std::string strategy = "fsdp2";
  std::optional<std::string> param_dtype, reduce_dtype, trainable;
  std::optional<std::string> micro_batches, batch, seq_len, schedule, pipeline_rank, stages_per_rank, search;
  std::string units = "layer";
  std::string experts;
  std::vector<std::string> ignored_keys;
  bool no_reshard = false;
  bool pad = false;
  bool no_sync = false, sequence_parallel = false, loss_parallel = false, checkpointing = false;
  report_arguments report;
  io::wire_options wire;
};

CLI::App* add_plan(CLI::App& app, plan_arguments& a);

/// The whole report is made before any of it is written: one that fails half way prints nothing.
[[nodiscard]] exit_status run_plan(plan_arguments const& a);

}  // namespace commfold::tool
