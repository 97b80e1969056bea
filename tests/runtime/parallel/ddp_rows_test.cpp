// SPDX-License-Identifier: BSL-1.0
// DDP, its hooks, ZeRO-1 and post-local SGD against PyTorch, call by call: every run of kind ddp in torch_strategies.jsonl, built from its
// summary row.
#include <commfold/parallel/ddp.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "strategy_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;
using strategy_rows::json;
using strategy_rows::run;

namespace {

struct unknown_option : std::runtime_error {
  using runtime_error::runtime_error;
};

/// `gradient_as_bucket_view` and `skip_all_reduce_unused_params` change no call; `use_c`, which parts of the model a step used, no call
/// either, since unused parameters keep their places.
void expect_known(json const& options) {
  static std::set<std::string> const known = {"ddp", "hook", "accum", "no_sync", "use_c", "opt", "sync_bn"};
  static std::set<std::string> const arguments = {
      "find_unused_parameters",       "static_graph", "bucket_cap_mb", "broadcast_buffers", "init_sync", "gradient_as_bucket_view",
      "skip_all_reduce_unused_params"};
  for (auto const& [name, value] : options.items())
    if (!known.contains(name)) throw unknown_option("the option " + name + " is not known");
  for (auto const& [name, value] : options.at("ddp").items())
    if (!arguments.contains(name)) throw unknown_option("the argument " + name + " of DistributedDataParallel is not known");
  if (options.at("sync_bn") == true) throw unknown_option("SyncBatchNorm, which PyTorch runs on accelerators alone, is no part of DDP");
}

cf::dynamic_tensor tensor_of(json const& parameter) {
  return {strategy_rows::dtype_of(parameter.at(2).get<std::string>()), oracle::extents_of(parameter.at(1))};
}

std::vector<ddp::piece> pieces(json const& list) {
  std::vector<ddp::piece> all;
  for (json const& one : list) {
    ddp::piece made = ddp::pieces_of(tensor_of(one)).at(0);
    made.trainable = one.size() < 4 || one.at(3).get<bool>();
    all.push_back(made);
  }
  return all;
}

ddp::hook hook_of(std::string const& name) {
  if (name == "builtin" || name == "allreduce" || name == "python_allreduce") return {};
  if (name == "fp16_compress") return {.kind = ddp::hook_kind::fp16_compress};
  if (name == "bf16_compress") return {.kind = ddp::hook_kind::bf16_compress};
  // The program behind the rows started after two steps, and averaged every second one from then on; the rows say neither.
  if (name == "post_local_sgd") return {.kind = ddp::hook_kind::post_local_sgd, .start_iteration = 2};
  throw unknown_option("the hook " + name + " is not known");
}
constexpr ddp::periodic_averager averager{.period = 2, .warmup_steps = 2};

ddp::options options_of(json const& options) {
  json const& given = options.at("ddp");
  ddp::options made{.find_unused_parameters = given.value("find_unused_parameters", false),
                    .static_graph = given.value("static_graph", false),
                    .broadcast_buffers = given.value("broadcast_buffers", true),
                    .init_sync = given.value("init_sync", true),
                    .comm_hook = hook_of(options.at("hook").get<std::string>())};
  if (given.contains("bucket_cap_mb")) made.bucket_cap_bytes = static_cast<std::size_t>(given.at("bucket_cap_mb").get<double>() * 1048576);
  return made;
}

std::vector<std::string> our_calls(json const& summary) {
  json const& options = summary.at("options");
  expect_known(options);
  cf::dynamic_group const world("world", summary.at("world").get<std::size_t>());
  std::vector<ddp::piece> const parameters = pieces(summary.at("params"));
  ddp::replicated_model model(parameters, pieces(summary.at("buffers")), options_of(options), world);
  if (summary.at("grad_ready_order").is_array()) model.set_ready_order(summary.at("grad_ready_order").get<std::vector<std::size_t>>());
  std::vector<cf::dynamic_tensor> trainable;
  for (json const& one : summary.at("params"))
    if (one.at(3).get<bool>()) trainable.push_back(tensor_of(one));
  ddp::zero_redundancy_optimizer const zero(trainable, world);
  if (summary.contains("zero_param_to_rank"))
    for (std::size_t i = 0; i != trainable.size(); ++i) CHECK(zero.rank_of(i) == summary.at("zero_param_to_rank").at(i).get<std::size_t>());

  std::string const optimizer = options.at("opt").get<std::string>();
  std::size_t const accumulated = options.at("accum").get<std::size_t>();
  std::vector<std::string> calls;
  strategy_rows::append(calls, [&](auto& comm) { comm.phase("init", [&] { model.init(comm); }); });
  for (std::size_t step = 0; step != summary.at("steps").get<std::size_t>(); ++step) {
    for (std::size_t micro = 0; micro != accumulated; ++micro)
      strategy_rows::append(
          calls,
          [&](auto& comm) {
            comm.phase("forward", [&] { model.forward(comm); });
            comm.phase("backward", [&] { model.backward(comm, !options.at("no_sync").get<bool>() || micro + 1 == accumulated); });
          },
          strategy_rows::suffix_of(step, micro));
    strategy_rows::append(
        calls,
        [&](auto& comm) {
          comm.phase("optim", [&] {
            if (optimizer == "zero")
              zero.broadcast(comm);
            else if (optimizer == "zero_bucket_view")
              zero.broadcast_bucket_views(comm);
            else if (optimizer == "post_local_sgd")
              averager.average(comm, parameters, step, world);
            else if (optimizer != "sgd")
              throw unknown_option("the optimizer " + optimizer + " is not known");
          });
        },
        strategy_rows::suffix_of(step, 0));
  }
  return calls;
}

/// Buckets of several dtypes that are not full come in the order of a hash map: PyTorch leaves it open, so each phase is a set.
void sort_phases(std::vector<std::string>& calls) {
  auto const phase = [](std::string const& call) { return call.substr(0, call.find(':')); };
  for (auto at = calls.begin(); at != calls.end();) {
    auto const end = std::find_if(at, calls.end(), [&](std::string const& one) { return phase(one) != phase(*at); });
    std::sort(at, end);
    at = end;
  }
}

}  // namespace

TEST_CASE("DDP makes PyTorch's calls, in order", "[parallel][ddp][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(strategy_rows::runs_of("torch_strategies.jsonl", {"ddp"}), [&](run const& theirs) {
    json const& summary = theirs.summary;
    if (!summary.at("ok").get<bool>()) {
      CHECK(summary.at("error").at("msg").get<std::string>().find("expect_autograd_hooks_ INTERNAL ASSERT FAILED") == 0);
      CHECK_THROWS_WITH(our_calls(summary), Catch::Matchers::ContainsSubstring("the first backward of a static graph is under no_sync"));
      told.refused(summary);
      return;
    }
    try {
      std::vector<std::string> ours = our_calls(summary), calls = theirs.calls;
      std::set<std::string> dtypes;
      for (json const& one : summary.at("params")) dtypes.insert(one.at(2).get<std::string>());
      if (dtypes.size() > 1) {
        sort_phases(ours);
        sort_phases(calls);
      }
      std::string const optimizer = summary.at("options").at("opt").get<std::string>();
      told.compare(optimizer == "sgd" ? "ddp" : "ddp, " + optimizer, ours, calls);
    } catch (unknown_option const& e) {
      told.leave(summary, e.what());
    }
  });
  told.print();
  told.expect_none_left();
}
