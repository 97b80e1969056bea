// SPDX-License-Identifier: BSL-1.0
// The steps of examples/steps, call by call against PyTorch's: every configuration of torch_steps.jsonl, found by its name.
#include <tests/support/each_row.hpp>
#include <tests/support/op_rows.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "configuration.hpp"
#include "recorded.hpp"

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <iterator>
#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cf = commfold;
using namespace steps_test;
using oracle::json;

namespace {

/// Where the rows have what our calls do not, on purpose.
struct rule {
  std::string_view name;
  std::string_view words;
};
constexpr rule async_flag{"async_op", "the flag says whether PyTorch's caller waits, and changes no byte: ours has none"};
constexpr rule strides_of_activation{"strides_of_activation",
                                     "a functional collective is called on what a kernel made: ours is contiguous"};
constexpr rule waited_twice{"waited_twice", "real tensors are waited for a second time, which moves nothing"};
constexpr rule wrapped{"wrap_tensor_autograd", "an operator of PyTorch's autograd that communicates nothing: ours has none"};
constexpr rule measured_elsewhere{"measured_elsewhere", "PyTorch gave up before this call, and another run of the configuration has it"};
constexpr rule not_measured{"not_measured", "PyTorch gave up before this call in every run of the configuration: it is not compared"};

/// What was compared, and which rules were needed.
class tally {
 public:
  using counts = std::map<std::string_view, std::size_t>;

  void compared(std::string_view what, std::size_t n = 1) { compared_[what] += n; }
  void departs(rule const& r, std::size_t n = 1) {
    departures_[r.name] += n;
    words_[r.name] = r.words;
  }
  void tells(std::string const& line) { told_ += "\n  " + line; }

  [[nodiscard]] counts const& compared() const { return compared_; }
  [[nodiscard]] counts const& departures() const { return departures_; }
  void print() const {
    std::cout << "torch_steps.jsonl:" << told_ << '\n';
    for (auto const& [what, n] : compared_) std::cout << "  " << n << " compared: " << what << '\n';
    for (auto const& [name, n] : departures_) std::cout << "  " << n << " times: " << name << ": " << words_.at(name) << '\n';
  }

 private:
  counts compared_;
  counts departures_;
  std::map<std::string_view, std::string_view> words_;
  std::string told_;
};

/// Why PyTorch could not make a step, or a part of it, that ours makes. Any other failure in a summary row is one of the test.
bool is_known_failure(std::string const& message) {
  static std::vector<std::regex> const known = {
      std::regex("Please convert all Tensors to FakeTensors first.*"),
      std::regex("FSDP needs a non-CPU accelerator device, but no accelerator device is detected\\."),
      std::regex(".*expected the hook result is either a Tensor or a TensorList found None"),
      std::regex("aten\\.\\S+ got mixed torch\\.Tensor and DTensor, need to convert all torch\\.Tensor to DTensor.*"),
      std::regex("All operands in aten\\.stack\\.default must have the same mesh.*"),
  };
  std::string const line = message.substr(0, message.find('\n'));
  return std::any_of(known.begin(), known.end(), [&](std::regex const& one) { return std::regex_match(line, one); });
}

/// A row as a call. `told` counts what has no counterpart.
class row_reader {
 public:
  row_reader(json const& row, tally& told) : row_(row), told_(told) {
    if (!oracle::has_keys(row, {"config", "mode", "world", "seq", "phase", "op", "args", "res", "pg", "comm", "work"}, {"mesh_dim"}))
      oracle::refuse_encoding(row);
  }

  [[nodiscard]] std::string op() const {
    std::string const full = row_.at("op").get<std::string>();
    return full.substr(0, full.rfind(".default"));
  }
  [[nodiscard]] bool waits() const { return op() == "_c10d_functional::wait_tensor"; }

  [[nodiscard]] recorded_call call() const {
    recorded_call call;
    call.phase = row_.at("phase").get<std::string>();
    call.op = op();
    call.axis = row_.at("mesh_dim").get<std::string>();
    call.ranks = row_.at("pg").at("size").get<std::size_t>();
    cf::dynamic_op const schema = cf::find_op(call.op);
    std::size_t at = 0;
    for (json const& argument : row_.at("args")) {
      bool const flag = argument == false && schema.parameters()[at].name == "async_op";
      if (flag)
        told_.departs(async_flag);
      else
        call.arguments += (at == 0 ? "" : ", ") + text_of(argument);
      ++at;
    }
    call.result = text_of(row_.at("res"));
    call.comm_tensor_size = row_.at("comm").get<std::size_t>();
    if (is_functional(call.op))
      for (json const& tensor : op_rows::tensors_in(row_.at("res"))) call.pending.push_back(storage_of(oracle::tensor_of(tensor)));
    return call;
  }

 private:
  /// In the words of full_call_recorder.hpp. A functional collective names its reduction and its group by a string.
  [[nodiscard]] std::string text_of(json const& held) const {
    cf::dynamic_value const value = oracle::value_of(held);
    if (held.is_string() && held == row_.at("pg").at("pg")) return "group";
    if (value.is(cf::value_kind::string)) return value.as_string();
    if (value.is(cf::value_kind::group)) return held.at("pg") == row_.at("pg").at("pg") ? "group" : oracle::text_of(value);
    if (value.is(cf::value_kind::work)) return "work";
    if (value.is(cf::value_kind::tensor)) return text_of_tensor(held);
    if (value.is(cf::value_kind::list) || value.is(cf::value_kind::tuple)) {
      std::string all;
      for (json const& one : held.is_array() ? held : held.at("tuple")) all += (all.empty() ? "" : ", ") + text_of(one);
      return "[" + all + "]";
    }
    return oracle::text_of(value);
  }

  [[nodiscard]] std::string text_of_tensor(json held) const {
    if (is_functional(op()) && !fresh_strides::is_contiguous(held)) {
      told_.departs(strides_of_activation);
      held["strides"] = fresh_strides::contiguous(held.at("sizes"));
    }
    return oracle::text_of(oracle::tensor_of(held));
  }

  json const& row_;
  tally& told_;
};

/// What one run of one configuration recorded, in order.
struct run {
  configuration of;
  std::vector<json> rows;
  std::vector<recorded_call> calls;  ///< without the waits
};

using run_key = std::pair<std::string, std::string>;
run_key key_of(json const& row) { return {row.at("config").get<std::string>(), row.at("mode").get<std::string>()}; }

/// All runs of the file. A second summary row, and a row that belongs to none, are failures.
std::map<run_key, run> runs_of(std::vector<json> const& rows, tally& told) {
  std::map<run_key, run> runs;
  for (json const& row : rows)
    if (row.contains("summary") && !runs.emplace(key_of(row), run{configuration_of(row), {}, {}}).second)
      throw std::runtime_error("torch_steps.jsonl: " + row.at("config").dump() + " has two summary rows");
  for (json const& row : rows) {
    if (row.contains("summary")) continue;
    auto const at = runs.find(key_of(row));
    if (at == runs.end()) throw std::runtime_error("torch_steps.jsonl: " + row.at("config").dump() + " has no summary row");
    at->second.rows.push_back(row);
    row_reader const reader(row, told);
    if (!reader.waits()) at->second.calls.push_back(reader.call());
  }
  return runs;
}

std::vector<recorded_call> our_calls(configuration const& c) {
  // FSDP1 wants an accelerator, and there is no step of it here: a run of it that made a call would not pass.
  if (c.parts.single || c.parts.fsdp1) return {};
  return c.parts.ddp ? ddp_calls(c) : mesh_calls(c);
}

std::string without_step(std::string const& phase) { return phase.substr(0, phase.find('#')); }

/// Our calls, parted where PyTorch gave up: of the phase that an exception ended, it made as many as it had made, and none after it; of a
/// clipping that was refused, as many as it had made.
struct parted_calls {
  std::vector<recorded_call> made;
  std::vector<recorded_call> behind;
};

parted_calls part_at_failure(std::vector<recorded_call> const& ours, run const& theirs) {
  configuration const& c = theirs.of;
  parted_calls parted;
  for (auto at = ours.begin(); at != ours.end();) {
    std::string const& phase = at->phase;
    auto const end = std::find_if(at, ours.end(), [&](recorded_call const& call) { return call.phase != phase; });
    auto const made =
        std::count_if(theirs.calls.begin(), theirs.calls.end(), [&](recorded_call const& call) { return call.phase == phase; });
    bool const ended = without_step(phase) == c.failed_in && (theirs.calls.empty() || made == 0 || theirs.calls.back().phase == phase);
    bool const refused = without_step(phase) == c.clip_failed_in;
    auto const cut = ended || refused ? at + std::min(made, end - at) : end;
    parted.made.insert(parted.made.end(), at, cut);
    parted.behind.insert(parted.behind.end(), cut, ended ? ours.end() : end);
    if (ended) break;
    at = end;
  }
  return parted;
}

/// Calls that PyTorch did not make in this run are compared with those of another run of the configuration, which need not have come so
/// far.
void compare_behind(std::vector<recorded_call> const& behind, run const& theirs, std::map<run_key, run> const& runs, tally& told) {
  for (recorded_call const& call : behind) {
    INFO("behind the failure: " << text_of(call));
    bool found = false;
    bool complete = false;
    for (auto const& [key, other] : runs) {
      if (key.first != theirs.of.name || key.second == theirs.of.mode) continue;
      found = found || std::find(other.calls.begin(), other.calls.end(), call) != other.calls.end();
      complete = complete || other.of.failure.empty();
    }
    CHECK((found || !complete));
    told.departs(found ? measured_elsewhere : not_measured);
  }
}

/// Every functional collective of ours is waited for, in its phase, by a `wait_tensor` of PyTorch's, and nothing else is.
void compare_waits(std::vector<recorded_call> const& ours, run const& theirs, tally& told) {
  std::vector<std::pair<std::string, std::string>> pending, waited;
  auto next = ours.begin();
  for (json const& row : theirs.rows) {
    row_reader const reader(row, told);
    if (!reader.waits()) {
      if (next == ours.end()) break;
      for (std::string const& tensor : next->pending) pending.emplace_back(next->phase, tensor);
      ++next;
      continue;
    }
    INFO("wait " << row.dump());
    std::pair const wait{row.at("phase").get<std::string>(), storage_of(oracle::tensor_of(row.at("args").at(0)))};
    CHECK(row.at("args").size() == 1);
    CHECK(row.at("args")[0].at("sizes") == row.at("res").at("sizes"));
    told.compared("waits for a call of ours");
    if (auto const found = std::find(pending.begin(), pending.end(), wait); found != pending.end()) {
      waited.push_back(*found);
      pending.erase(found);
    } else if (theirs.of.mode == "cpu") {
      CHECK(std::find(waited.begin(), waited.end(), wait) != waited.end());
      told.departs(waited_twice);
    } else {
      FAIL_CHECK("no call of ours is waited for here");
    }
  }
  for (auto const& [phase, tensor] : pending) FAIL_CHECK("PyTorch does not wait for what ours returns in " << phase << ": " << tensor);
}

/// One group stands for each axis, with one name; FSDP2 makes a group of its own for each module that it reshards ("other").
void compare_groups(run const& theirs, tally& told) {
  std::map<std::string, std::string> axis_of, name_of;
  for (json const& row : theirs.rows) {
    if (!row.contains("mesh_dim")) continue;
    std::string const axis = row.at("mesh_dim").get<std::string>();
    std::string const name = row.at("pg").at("pg").get<std::string>();
    CHECK(axis_of.emplace(name, axis).first->second == axis);
    if (axis != "other") CHECK(name_of.emplace(axis, name).first->second == name);
    told.compared("names of groups");
  }
}

/// The totals of the summary row against those of our calls.
void compare_summary(json const& summary, std::vector<recorded_call> const& ours, run const& theirs, tally& told) {
  std::map<std::string, std::size_t> counts, bytes;
  for (recorded_call const& call : ours) {
    ++counts[call.phase + ":" + call.op + ".default"];
    bytes[call.op + ".default@" + call.axis] += call.comm_tensor_size;
  }
  std::size_t waits = 0;
  for (json const& row : theirs.rows)
    if (!row.contains("mesh_dim")) {
      ++counts[row.at("phase").get<std::string>() + ":" + row.at("op").get<std::string>()];
      ++waits;
    }
  CHECK(counts == summary.at("counts").get<std::map<std::string, std::size_t>>());
  CHECK(bytes == summary.at("comm_bytes").get<std::map<std::string, std::size_t>>());
  CHECK(ours.size() + waits == summary.at("collectives").get<std::size_t>());
  for (auto const& [op, n] : summary.at("not_in_collective_ops").items()) {
    CHECK(op == "_c10d_functional::_wrap_tensor_autograd.default");
    told.departs(wrapped, n.get<std::size_t>());
  }
  told.compared("summaries");
}

/// Our operators asked as PyTorch's were: what comes back with strides and storage, groups, sizes, works.
void compare_operators(run const& theirs, op_rows::tally& told) {
  auto const groups = op_rows::groups_in(theirs.rows);
  oracle::compare_each(theirs.rows, [&](json const& row) {
    told.row();
    op_rows::measured_call const call(row, groups.at(row.at("world").get<std::size_t>()), told);
    call.compare_result();
    call.compare_group();
    call.compare_size();
    call.compare_work();
  });
}

}  // namespace

TEST_CASE("every call of every configuration is PyTorch's, in order", "[steps][oracle]") {
  std::vector<json> const rows = oracle::rows("torch_steps.jsonl");
  tally told;
  op_rows::tally operators;
  std::map<run_key, run> const runs = runs_of(rows, told);
  std::vector<json> summaries;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(summaries), [](json const& row) { return row.contains("summary"); });

  oracle::compare_each(summaries, [&](json const& summary) {
    run const& theirs = runs.at(key_of(summary));
    configuration const& c = theirs.of;
    INFO(c.name << ", " << c.mode);
    auto const [ours, behind] = part_at_failure(our_calls(c), theirs);
    std::size_t const both = std::min(ours.size(), theirs.calls.size());
    for (std::size_t i = 0; i < both; ++i) {
      INFO("call " << i);
      CHECK(text_of(ours[i]) == text_of(theirs.calls[i]));
      CHECK(ours[i].pending == theirs.calls[i].pending);
    }
    for (std::size_t i = both; i < ours.size(); ++i) FAIL_CHECK("PyTorch does not make our call " << i << ": " << text_of(ours[i]));
    for (std::size_t i = both; i < theirs.calls.size(); ++i)
      FAIL_CHECK("ours does not make call " << i << ": " << text_of(theirs.calls[i]));
    told.compared("calls", both);
    CHECK((c.failure.empty() || is_known_failure(c.failure)));
    compare_behind(behind, theirs, runs, told);
    compare_waits(ours, theirs, told);
    compare_groups(theirs, told);
    compare_summary(summary, ours, theirs, told);
    compare_operators(theirs, operators);
    told.tells(c.name + ", " + c.mode + ": " + std::to_string(ours.size()) + " calls" +
               (c.failure.empty() ? "" : ", and " + std::to_string(behind.size()) + " behind \"" + c.failure.substr(0, 60) + "...\""));
  });
  told.print();
  operators.print("torch_steps.jsonl, by operator");
  if (oracle::reads_own("torch_steps.jsonl")) {
    CHECK(told.compared() == tally::counts{{"calls", 764}, {"names of groups", 764}, {"summaries", 29}, {"waits for a call of ours", 406}});
    CHECK(told.departures() ==
          tally::counts{{"async_op", 330}, {"measured_elsewhere", 42}, {"waited_twice", 3}, {"wrap_tensor_autograd", 166}});
    CHECK(operators.departures() == op_rows::tally::counts{{"kernel_of_the_cpu", 169}});
  }
  CHECK(operators.rows() + summaries.size() == rows.size());
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
