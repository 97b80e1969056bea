// SPDX-License-Identifier: BSL-1.0
// The steps of examples/steps, call by call against PyTorch's: every configuration of torch_steps.jsonl, found by its name.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "configuration.hpp"
#include "recorded.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cf = commfold;
using namespace steps_test;
using oracle::json;

namespace {

/// An argument or a result of a row, in the words of full_call_recorder.hpp. A functional collective names its reduction and its group by a
/// string.
std::string text_of_row(json const& row, std::string const& op) {
  auto const each = [&](json const& list) {
    std::string all;
    for (json const& one : list)
      if (!one.is_boolean()) all += (all.empty() ? "" : ", ") + text_of_row(one, op);
    return all;
  };
  if (row.is_null()) return "none";
  if (row.is_number_unsigned()) return std::to_string(row.get<std::size_t>());
  if (row.is_array()) return "[" + each(row) + "]";
  if (row.is_string()) {
    std::string const text = row.get<std::string>();
    for (cf::reduce_op const how : cf::all_reduce_ops)
      if (name(how) == text) return text;
    return "group";
  }
  if (row.contains("dtype")) return text_of_tensor(oracle::tensor_of(row), op);
  if (row.contains("tuple")) return "[" + each(row.at("tuple")) + "]";
  if (row.contains("pg")) return "group";
  if (row.contains("work")) return "work";
  if (row.contains("reduce_op")) return row.at("reduce_op").get<std::string>();
  throw std::runtime_error("torch_steps.jsonl: nothing is known to be written as " + row.dump());
}

recorded_call call_of_row(json const& row) {
  recorded_call call;
  call.phase = row.at("phase").get<std::string>();
  call.op = row.at("op").get<std::string>();
  call.op.resize(std::min(call.op.size(), call.op.rfind(".default")));
  call.axis = row.at("mesh_dim").get<std::string>();
  call.ranks = row.at("pg").at("size").get<std::size_t>();
  std::string const arguments = text_of_row(row.at("args"), call.op);
  call.arguments = arguments.substr(1, arguments.size() - 2);
  call.result = text_of_row(row.at("res"), call.op);
  call.comm_tensor_size = row.at("comm").get<std::size_t>();
  return call;
}

/// What one run of one configuration recorded.
struct run {
  configuration of;
  std::vector<recorded_call> calls;
  std::size_t waits = 0;  ///< `wait_tensor` has no group and moves nothing: no call of ours, and left out
};

/// All runs of the file, in its order. A row that belongs to no summary row is a failure.
std::vector<run> runs_of(std::vector<json> const& rows) {
  std::vector<run> runs;
  std::map<std::pair<std::string, std::string>, std::size_t> found;
  auto const key = [](json const& row) { return std::pair{row.at("config").get<std::string>(), row.at("mode").get<std::string>()}; };
  for (json const& row : rows)
    if (row.contains("summary") && found.emplace(key(row), runs.size()).second) runs.push_back({configuration_of(row), {}});
  for (json const& row : rows) {
    if (row.contains("summary")) continue;
    auto const at = found.find(key(row));
    if (at == found.end()) throw std::runtime_error("torch_steps.jsonl: " + row.at("config").dump() + " has no summary row");
    run& its = runs[at->second];
    if (row.at("op") == "_c10d_functional::wait_tensor.default")
      ++its.waits;
    else
      its.calls.push_back(call_of_row(row));
  }
  return runs;
}

std::vector<recorded_call> our_calls(configuration const& c) {
  // FSDP1 wants an accelerator, and there is no step of it here: a run of it that made a call would not pass.
  if (c.parts.single || c.parts.fsdp1) return {};
  return c.parts.ddp ? ddp_calls(c) : mesh_calls(c);
}

std::string without_step(std::string const& phase) { return phase.substr(0, phase.find('#')); }

/// Our calls up to where PyTorch gave up. Of the phase that an exception ended, as many as it had made, and nothing after it; of a clipping
/// that was refused, as many as it had made.
std::vector<recorded_call> until_failure(std::vector<recorded_call> const& ours, run const& theirs) {
  configuration const& c = theirs.of;
  std::vector<recorded_call> kept;
  for (auto at = ours.begin(); at != ours.end();) {
    std::string const& phase = at->phase;
    auto const end = std::find_if(at, ours.end(), [&](recorded_call const& call) { return call.phase != phase; });
    auto const made =
        std::count_if(theirs.calls.begin(), theirs.calls.end(), [&](recorded_call const& call) { return call.phase == phase; });
    bool const ended = without_step(phase) == c.failed_in && (theirs.calls.empty() || made == 0 || theirs.calls.back().phase == phase);
    bool const refused = without_step(phase) == c.clip_failed_in;
    kept.insert(kept.end(), at, ended || refused ? at + std::min(made, end - at) : end);
    if (ended) break;
    at = end;
  }
  return kept;
}

}  // namespace

TEST_CASE("every call of every configuration is PyTorch's, in order", "[steps][oracle]") {
  std::size_t compared = 0;
  std::size_t left_out = 0;
  std::vector<run> const runs = runs_of(oracle::rows("torch_steps.jsonl"));
  std::string told;
  for (run const& theirs : runs) {
    configuration const& c = theirs.of;
    INFO(c.name << ", " << c.mode);
    std::vector<recorded_call> const all = our_calls(c);
    std::vector<recorded_call> const ours = until_failure(all, theirs);
    for (std::size_t i = 0; i < std::min(ours.size(), theirs.calls.size()); ++i) {
      INFO("call " << i);
      REQUIRE(text_of(ours[i]) == text_of(theirs.calls[i]));
      REQUIRE(ours[i] == theirs.calls[i]);
    }
    // One of the two is empty unless the lists are as long as each other; the first call too many is shown.
    REQUIRE((ours.size() <= theirs.calls.size() ? "" : text_of(ours[theirs.calls.size()])) ==
            (theirs.calls.size() <= ours.size() ? "" : text_of(theirs.calls[ours.size()])));
    compared += ours.size();
    left_out += theirs.waits;
    told += "\n  " + c.name + ", " + c.mode + ": " + std::to_string(ours.size()) + " calls";
    if (!c.failure.empty())
      told += ", " + std::to_string(all.size() - ours.size()) + " of ours not compared: in " +
              (c.failed_in.empty() ? c.clip_failed_in : c.failed_in) + " PyTorch raised \"" + c.failure.substr(0, 60) + "...\"";
  }
  CHECK(compared > 0);
  WARN(compared << " rows of " << runs.size() << " runs of torch_steps.jsonl compared, " << left_out << " of wait_tensor left out" << told);
}

TEST_CASE("the name of a configuration says what it is", "[steps]") {
  SECTION("HSDP with a mixed precision policy") {
    name_parts const is = parse_name("fsdp2_hsdp_4x2_fp32params_mp");
    CHECK((is.fsdp2 && is.hsdp && !is.tp && !is.sp && !is.ddp));
    CHECK(is.mesh == std::vector<std::size_t>{4, 2});
    CHECK(is.stored == cf::f32);
    CHECK(is.param_dtype == cf::bf16);
    CHECK(is.reduce_dtype == cf::f32);
    CHECK(is.reshard_after_forward);
  }
  SECTION("every dtype of the policy") {
    name_parts const is = parse_name("fsdp2_tp_sp_2x4_bf16params_mp_fp16_reduce_bf16_loss_parallel");
    CHECK((is.fsdp2 && is.tp && is.sp && is.loss_parallel && !is.hsdp));
    CHECK(is.stored == cf::bf16);
    CHECK(is.param_dtype == cf::f16);
    CHECK(is.reduce_dtype == cf::bf16);
  }
  SECTION("options in another order") {
    name_parts const is = parse_name("tp_loss_parallel_sp_w8_batch4_seq_len128_2steps");
    CHECK((is.tp && is.sp && is.loss_parallel));
    CHECK(is.mesh == std::vector<std::size_t>{8});
    CHECK_FALSE(is.stored);
    CHECK_FALSE(is.param_dtype);
  }
  SECTION("resharding") {
    CHECK_FALSE(parse_name("fsdp2_w8_no_reshard_after_forward").reshard_after_forward);
    CHECK(parse_name("fsdp2_w8_reshard_after_forward_int4").reshard_ranks == 4);
    CHECK(parse_name("fsdp2_w8_reshard_after_forward_int4").reshard_after_forward);
  }
  SECTION("buckets") {
    name_parts const is = parse_name("ddp_w8_pyhook_fp32_bucket8MB");
    CHECK(is.bucket_megabytes == 8);
    CHECK(is.stored == cf::f32);
    CHECK(parse_name("ddp_w8_pyhook_find_unused_grad_as_view").find_unused);
  }
}

TEST_CASE("a name with a word that is not known is refused by name", "[steps]") {
  auto const refused = [](char const* name, std::string const& from) {
    CHECK_THROWS_WITH(parse_name(name),
                      "torch_steps.jsonl: the configuration '" + std::string(name) + "' is not understood, from '" + from + "' on");
  };
  refused("fsdp3_w8", "fsdp3_w8");
  refused("fsdp2_w8_cpu_offload", "cpu_offload");
  refused("tp_w4x", "w4x");
  refused("tp_w0", "w0");
  refused("fsdp2_tp_2x", "2x");
  refused("fsdp2_w8_mp_bf16_reduce_fp8", "fp8");
}
