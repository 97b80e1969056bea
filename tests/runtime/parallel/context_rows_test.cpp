// SPDX-License-Identifier: BSL-1.0
// Ring attention, Ulysses and FSDP2 around them against PyTorch, call by call: every run of kind context_parallel in
// torch_strategies.jsonl, built from its summary row.
#include <commfold/parallel/context.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <catch2/catch_test_macros.hpp>

#include "strategy_rows.hpp"
#include "toy_model.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace cf = commfold;
namespace context = cf::parallel::context;
namespace fsdp = cf::parallel::fsdp;
using strategy_rows::json;
using strategy_rows::run;

namespace {

/// `kernel` and `causal` change no call, and neither does `load_balance`.
void expect_known(json const& options) {
  static std::set<std::string> const known = {"how", "rotate", "load_balance", "kernel", "causal", "fsdp", "unshard", "ac"};
  for (auto const& [name, value] : options.items())
    if (!known.contains(name)) throw std::runtime_error("the option " + name + " is not known");
}

context::attention attention_of(json const& summary) {
  json const& model = summary.at("model");
  auto const number = [&](char const* key) { return model.at(key).get<std::size_t>(); };
  // Where there are fewer heads of keys and values, the model repeats them before its attention.
  return {.dtype = strategy_rows::dtype_of(summary.at("dtype").get<std::string>()),
          .batch = summary.at("batch").get<std::size_t>(),
          .heads = number("heads"),
          .key_value_heads = number("heads"),
          .tokens = summary.at("seq_len").get<std::size_t>(),
          .width = number("hd")};
}

/// Calls use(attention) with the attention of the row.
template <class Use>
void with_attention(json const& summary, Use const& use) {
  json const& options = summary.at("options");
  strategy_rows::axis_of_row const cp(summary, "cp");
  if (options.at("how") == "ulysses") return use(context::ulysses_attention(attention_of(summary), cp.group));
  if (options.at("how") != "ring") throw std::runtime_error("the attention " + options.at("how").dump() + " is not known");
  use(context::ring_attention(attention_of(summary), cp.group, cp.rank,
                              {.rotate = options.at("rotate") == "alltoall" ? context::rotation::all_to_all : context::rotation::all_gather,
                               .load_balance = options.at("load_balance").get<bool>()}));
}

template <class Attention>
std::vector<std::string> our_calls(json const& summary, Attention const& attention) {
  json const& options = summary.at("options");
  std::size_t const layers = summary.at("model").at("layers").get<std::size_t>();
  bool const checkpoints = options.at("ac").get<bool>();
  std::optional<cf::dynamic_group> shards;
  if (options.at("fsdp").get<bool>()) shards = strategy_rows::group_of_row(summary, "dp_cp");
  fsdp::sharded_model model(strategy_rows::toy_model(summary).units_of_layers(), fsdp::policy{}, fsdp::mesh{shards});

  auto const backward = [&](auto& comm) {
    if (checkpoints) attention.forward(comm);
    attention.backward(comm);
  };
  std::vector<std::string> calls;
  strategy_rows::append(calls, [&](auto& comm) {
    comm.phase("forward", [&] {
      if (!shards)
        for (std::size_t i = 0; i != layers; ++i) attention.forward(comm);
      else
        model.forward(comm, [&](fsdp::moment const& at) {
          if (at.enters("layer")) attention.forward(comm);
        });
    });
    comm.phase("backward", [&] {
      if (!shards)
        for (std::size_t i = 0; i != layers; ++i) backward(comm);
      else
        model.backward(comm, {}, [&](fsdp::moment const& at) {
          if (at.enters("layer")) backward(comm);
        });
    });
    if (!options.at("unshard").get<bool>() || options.at("how") == "ulysses") return;
    context::attention const of = attention_of(summary);
    cf::dynamic_group const cp = strategy_rows::group_of_row(summary, "cp");
    cf::dynamic_tensor const logits(of.dtype, {of.batch, of.tokens / cp.size, summary.at("model").at("vocab").get<std::size_t>()});
    comm.phase("unshard", [&] { context::unshard(comm, logits, 1, cp); });
  });
  return calls;
}

}  // namespace

TEST_CASE("context parallelism makes PyTorch's calls, in order", "[parallel][context][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(strategy_rows::runs_of("torch_strategies.jsonl", {"context_parallel"}), [&](run const& theirs) {
    REQUIRE(theirs.summary.at("ok").get<bool>());
    expect_known(theirs.summary.at("options"));
    with_attention(theirs.summary,
                   [&](auto const& attention) { told.compare("context_parallel", our_calls(theirs.summary, attention), theirs.calls); });
  });
  told.print();
  told.expect_none_left();
}
