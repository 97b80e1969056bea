// SPDX-License-Identifier: BSL-1.0
// DDP and FSDP2 on real processes: the runs of gloo_steps.jsonl whose names begin with ddp, fsdp2 or hsdp and have no tensor parallelism.
// Names and summary rows tell how the model was wrapped. What is compared is what rank 0 called.
#include <commfold/parallel/ddp.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <catch2/catch_test_macros.hpp>

#include "strategy_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;
namespace fsdp = cf::parallel::fsdp;
using strategy_rows::json;
using strategy_rows::run;

namespace {

struct unknown_word : std::runtime_error {
  using runtime_error::runtime_error;
};

/// The model of the rows, with parameters in the order of use.
struct toy {
  using tensor = cf::dynamic_tensor;
  tensor embed, norm, head;
  std::vector<std::vector<tensor>> layers;

  explicit toy(json const& summary) {
    std::size_t const d = summary.at("D"), ff = summary.at("FF"), vocabulary = summary.at("V");
    std::size_t const kv = d / summary.at("heads").get<std::size_t>() * summary.at("kv_heads").get<std::size_t>();
    cf::dtype const of = strategy_rows::dtype_of(summary.at("dtype").get<std::string>());
    embed = head = tensor(of, {vocabulary, d});
    norm = tensor(of, {d});
    layers.assign(summary.at("layers").get<std::size_t>(),
                  {norm, {of, {d, d}}, {of, {kv, d}}, {of, {kv, d}}, {of, {d, d}}, norm, {of, {ff, d}}, {of, {d, ff}}, {of, {ff, d}}});
  }
};

/// A name in words: fsdp2_reshard_int2_w4 is fsdp2, reshard, int2, w4.
std::vector<std::string> words_of(std::string const& name) {
  std::vector<std::string> words;
  std::istringstream in(name);
  for (std::string word; std::getline(in, word, '_');) words.push_back(word);
  return words;
}
bool has(std::vector<std::string> const& words, std::string const& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
void expect_known(std::vector<std::string> const& words, std::vector<std::string> const& known) {
  for (std::string const& word : words) {
    bool const says_size = (word[0] == 'w' || word[0] == 'V' || word[0] == '2' || word[0] == '3' || word[0] == '4') && word.size() < 8;
    if (!says_size && !has(known, word) && !word.starts_with("bucket") && !word.starts_with("accum"))
      throw unknown_word("the word " + word + " is not known");
  }
}

std::string suffix_of(json const& summary, std::size_t step, std::size_t micro) {
  bool const parts = summary.at("accum").get<std::size_t>() > 1;
  return (parts ? ".mb" + std::to_string(micro) : "") + (step == 0 ? "" : "#" + std::to_string(step));
}

std::vector<std::string> ddp_calls(json const& summary, std::vector<std::string> const& words) {
  expect_known(words, {"ddp", "bn", "buffers", "default", "find", "unused", "view", "fp64", "frozen", "powersgd", "rank2", "static",
                       "graph", "zero1"});
  toy const model(summary);
  using cf::parallel::frozen;
  // The frozen part is the embedding and the first layer. Batch normalisation adds a weight and a bias, and three buffers.
  std::vector<std::vector<cf::dynamic_tensor>> const behind(model.layers.begin() + 1, model.layers.end());
  std::vector<cf::dynamic_tensor> normalised, statistics;
  if (has(words, "bn")) normalised = {model.norm, model.norm}, statistics = {model.norm, model.norm, {cf::i64, {}}};
  std::vector<ddp::piece> const parameters =
      has(words, "frozen") ? ddp::pieces_of(frozen(model.embed), frozen(model.layers.at(0)), behind, model.norm, model.head)
                           : ddp::pieces_of(model.embed, model.layers, model.norm, model.head, normalised);
  ddp::options with{.find_unused_parameters = has(words, "unused"), .static_graph = has(words, "static")};
  for (std::string const& word : words)
    if (word.starts_with("bucket")) with.bucket_cap_bytes = std::stoul(word.substr(6)) << 20;
  // Two programs gave a cap that the name leaves out and the rebuilt buckets tell: one for the whole model, and four of 3 to 4 MiB.
  if (has(words, "powersgd")) with.bucket_cap_bytes = 25 << 20;
  if (has(words, "fp64")) with.bucket_cap_bytes = 3 << 20;
  if (has(words, "powersgd")) with.comm_hook = {.kind = ddp::hook_kind::power_sgd, .start_iteration = 2, .matrix_approximation_rank = 2};
  cf::dynamic_group const world("world", summary.at("world").get<std::size_t>());
  ddp::replicated_model replicated(parameters, ddp::pieces_of(statistics), with, world);
  ddp::zero_redundancy_optimizer const zero(std::tie(model.embed, model.layers, model.norm, model.head), world);
  std::vector<std::string> calls;
  strategy_rows::append(calls, [&](auto& comm) { comm.phase("init", [&] { replicated.init(comm); }); });
  for (std::size_t step = 0; step != summary.at("steps").get<std::size_t>(); ++step)
    strategy_rows::append(
        calls,
        [&](auto& comm) {
          comm.phase("forward", [&] { replicated.forward(comm); });
          comm.phase("backward", [&] { replicated.backward(comm); });
          comm.phase("optim", [&] {
            if (has(words, "zero1")) zero.broadcast(comm);
          });
        },
        suffix_of(summary, step, 0));
  return calls;
}

std::vector<std::string> fsdp_calls(json const& summary, std::vector<std::string> const& words) {
  bool const first = words.at(0) == "fsdp1";
  expect_known(words, {"fsdp1", "grad",   "op",   "fsdp2",  "hsdp",    "nosync", "no",      "allreduce", "fp64params", "mp",
                       "fp32",  "reduce", "fp64", "frozen", "reshard", "int2",   "4layers", "2x2",       "2x4",        "4x2"});
  toy const model(summary);
  using cf::parallel::frozen;
  std::vector<std::vector<cf::dynamic_tensor>> const behind(model.layers.begin() + 1, model.layers.end());
  fsdp::unit const units = has(words, "frozen") ? fsdp::fully_shard(frozen(model.embed), frozen(fsdp::fully_shard(model.layers.at(0))),
                                                                    fsdp::each(behind), model.norm, model.head)
                                                : fsdp::fully_shard(model.embed, fsdp::each(model.layers), model.norm, model.head);
  fsdp::policy policy;
  policy.flat_parameter = first;
  if (has(words, "grad")) policy.reshard_after_forward = false;
  // Gloo takes no half precision, so mixed is float32 in float64 here.
  if (has(words, "mp")) policy.param_dtype = cf::f32, policy.reduce_dtype = cf::f64;
  if (has(words, "int2"))
    policy.reshard_after_forward = 2;
  else if (has(words, "reshard"))
    policy.reshard_after_forward = false;
  using axis = std::optional<cf::dynamic_group>;
  std::size_t const axes = summary.at("mesh").size();  // of FSDP1, which has no mesh, 0
  auto const at = [&](std::size_t n) {
    if (axes == 0) return cf::dynamic_group("world", summary.at("world").get<std::size_t>());
    return cf::dynamic_group(summary.at("mesh_names").at(n).get<std::string>(), summary.at("mesh").at(n).get<std::size_t>());
  };
  fsdp::sharded_model sharded(units, policy,
                              fsdp::mesh<axis, axis, axis>{at(axes == 0 ? 0 : axes - 1), axes == 2 ? axis(at(0)) : axis(),
                                                           has(words, "int2") ? axis(cf::dynamic_group("other", 2)) : axis()});
  std::vector<std::string> calls;
  std::size_t const micro_batches = summary.at("accum").get<std::size_t>();
  for (std::size_t step = 0; step != summary.at("steps").get<std::size_t>(); ++step) {
    for (std::size_t micro = 0; micro != micro_batches; ++micro) {
      bool const last = micro + 1 == micro_batches;
      fsdp::micro_batch const of{.requires_gradient_sync = last || !has(words, "nosync"),
                                 .requires_all_reduce = last || !has(words, "allreduce")};
      strategy_rows::append(
          calls,
          [&](auto& comm) {
            comm.phase("forward", [&] { sharded.forward(comm); });
            comm.phase("backward", [&] { sharded.backward(comm, of); });
          },
          suffix_of(summary, step, micro));
    }
    if (!first)
      strategy_rows::append(
          calls, [&](auto& comm) { comm.phase("clip", [&] { sharded.clip(comm); }); }, step == 0 ? "" : "#" + std::to_string(step));
  }
  return calls;
}

/// A call that no dispatch mode saw is known by the bytes of its ring: 2 * N * (W - 1) / W from each of W ranks.
std::string unseen(json const& row, std::size_t world) {
  std::size_t const bytes = row.at("payload").at(0).get<std::size_t>() * world / (2 * (world - 1));
  std::string const elements = std::to_string(bytes / 4);
  return strategy_rows::line_of(row.at("phase").get<std::string>(), "c10d::allreduce_", "world", world,
                                "[float32[" + elements + "] strides [1] of " + std::to_string(bytes) + " B], group, sum, none");
}

/// On CPUs FSDP1 gathers into a list of views of the buffer that it gathers into elsewhere.
json into_tensor(json row) {
  json const list = row.at("args").at(0).at(0);
  json whole = list.at(0);
  whole["sizes"][0] = whole.at("sizes").at(0).get<std::size_t>() * list.size();
  CHECK(whole.at("nbytes") == whole.at("sizes").at(0).get<std::size_t>() * 4);
  row["op"] = "c10d::_allgather_base_.default";
  row["args"] = json::array({whole, row.at("args").at(1).at(0), row.at("args").at(2)});
  return row;
}

std::vector<run> runs_of_rank_0(std::vector<json> const& rows) {
  std::vector<run> runs;
  std::map<std::string, std::size_t> at;
  for (json const& row : rows)
    if (row.contains("summary")) {
      at.emplace(row.at("config").get<std::string>(), runs.size());
      runs.push_back({row, {}, {}});
    }
  for (json row : rows) {
    if (row.contains("summary") || row.contains("phase_total")) continue;
    run& to = runs.at(at.at(row.at("config").get<std::string>()));
    auto const ranks = row.at("ranks").get<std::vector<std::size_t>>();
    std::string const name = to.summary.at("config").get<std::string>();
    bool const ours = (name.starts_with("ddp_") || name.starts_with("fsdp1_") || name.starts_with("fsdp2_") || name.starts_with("hsdp_")) &&
                      !has(words_of(name), "tp");
    if (!ours || std::find(ranks.begin(), ranks.end(), 0U) == ranks.end()) continue;
    std::size_t const world = to.summary.at("world").get<std::size_t>();
    if (row.at("args").is_null()) {
      std::string const phase = row.at("phase").get<std::string>();
      auto const end = std::find(to.phases.rbegin(), to.phases.rend(), phase).base();
      to.calls.insert(to.calls.begin() + (end - to.phases.begin()), unseen(row, world));
      to.phases.insert(end, phase);
      continue;
    }
    std::map<std::string, std::size_t> axes{{"world", world}};
    if (to.summary.at("mesh").is_array())
      for (std::size_t i = 0; i != to.summary.at("mesh").size(); ++i)
        axes[to.summary.at("mesh_names").at(i).get<std::string>()] = to.summary.at("mesh").at(i).get<std::size_t>();
    if (name.starts_with("fsdp1_") && row.at("op") == "c10d::allgather_.default") row = into_tensor(row);
    // FSDP2 makes a group of its own for each module that it reshards over a number of ranks.
    if (row.at("mesh_dim").get<std::string>().starts_with("own")) row["mesh_dim"] = "other";
    strategy_rows::put(to, row, axes);
  }
  return runs;
}

}  // namespace

TEST_CASE("DDP and FSDP2 call what real processes called", "[parallel][gloo][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(runs_of_rank_0(oracle::rows("gloo_steps.jsonl")), [&](run const& theirs) {
    std::vector<std::string> const words = words_of(theirs.summary.at("config").get<std::string>());
    if (has(words, "tp")) return;
    try {
      if (words.at(0) == "ddp")
        told.compare("ddp on gloo", ddp_calls(theirs.summary, words), theirs.calls);
      else if (words.at(0) == "fsdp2" || words.at(0) == "hsdp" || words.at(0) == "fsdp1")
        told.compare(words.at(0) + " on gloo", fsdp_calls(theirs.summary, words), theirs.calls);
    } catch (unknown_word const& e) {
      told.leave(theirs.summary, e.what());
    }
  });
  told.print();
  told.expect_none_left();
}
