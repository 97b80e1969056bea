// SPDX-License-Identifier: BSL-1.0
// DTensor's tensor and sequence parallelism, alone and under FSDP2, against PyTorch, call by call: every run of kinds tp and fsdp2+tp in
// torch_strategies.jsonl, built from its summary row.
#include <commfold/parallel/clip.hpp>
#include <commfold/parallel/distribute.hpp>
#include <commfold/parallel/fsdp.hpp>
#include <commfold/parallel/tensor.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "strategy_rows.hpp"
#include "toy_model.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
namespace tensor = cf::parallel::tensor;
using strategy_rows::json;
using strategy_rows::run;

namespace {

/// `opt_foreach` changes no call.
void expect_known(json const& options) {
  static std::set<std::string> const known = {"lossp",       "sp", "emb", "ff_dtensor", "out",  "prep",  "loss_f32",
                                              "opt_foreach", "ac", "mp",  "units",      "clip", "accum", "no_sync"};
  for (auto const& [name, value] : options.items())
    if (!known.contains(name)) throw std::runtime_error("the option " + name + " is not known");
}

template <class Value>
Value one_of(json const& options, char const* option, char const* otherwise, std::initializer_list<std::pair<char const*, Value>> values) {
  std::string const given = options.value(option, otherwise);
  for (auto const& [name, value] : values)
    if (given == name) return value;
  throw std::runtime_error(std::string("the option ") + option + " is " + given + ", which is not known");
}

class run_of_row {
 public:
  using axis = cf::dynamic_group;

  explicit run_of_row(json const& summary)
      : summary_(summary),
        options_(summary.at("options")),
        model_(summary),
        tp_(summary, "tp"),
        between_({computed(), number("batch"), number("seq_len"), of_model("d")}, tp_.group, how()),
        layer_(between_, {.heads = of_model("heads"),
                          .key_value_heads = of_model("kv"),
                          .head_width = of_model("hd"),
                          .feed_forward = of_model("ff"),
                          .keeps_dtensors = is_on("ff_dtensor")}),
        embedding_(between_, one_of<tensor::embedding_cut>(
                                 options_, "emb", "row", {{"row", tensor::embedding_cut::rows}, {"col", tensor::embedding_cut::columns}})),
        head_(between_, of_model("vocab"), head_cut()),
        again_(one_of<tensor::recompute>(
            options_, "ac", "none",
            {{"none", tensor::recompute::nothing}, {"full", tensor::recompute::all}, {"sac", tensor::recompute::all_but_scattered}})) {}

  std::vector<std::string> calls() {
    std::vector<std::string> made;
    strategy_rows::append(made, [&](auto& comm) { comm.phase("init", [&] { init(comm); }); });
    if (summary_.contains("rows_dropped")) {
      CHECK(summary_.at("rows_dropped").get<std::size_t>() == made.size());
      made.clear();
    }
    if (summary_.at("kind") == "tp")
      alone(made);
    else
      sharded(made);
    return made;
  }

 private:
  [[nodiscard]] bool is_on(char const* option) const { return options_.value(option, false); }
  [[nodiscard]] std::size_t number(char const* key) const { return summary_.at(key).get<std::size_t>(); }
  [[nodiscard]] std::size_t of_model(char const* key) const { return summary_.at("model").at(key).get<std::size_t>(); }
  [[nodiscard]] cf::dtype stored() const { return strategy_rows::dtype_of(summary_.at("dtype").get<std::string>()); }
  [[nodiscard]] cf::dtype computed() const { return policy().param_dtype.value_or(stored()); }
  [[nodiscard]] tensor::style how() const {
    using enum tensor::module_input;
    return {.sequence_parallel = is_on("sp"),
            .input = one_of<tensor::module_input>(
                options_, "prep", "input",
                {{"input", prepared}, {"output", prepared}, {"block_output", prepared}, {"inout", local}, {"none", each_layer}}),
            .replicated_outputs = options_.value("prep", "input") == "block_output",
            .device = tensor::mesh_device::cpu};
  }
  [[nodiscard]] tensor::head_cut head_cut() const {
    using enum tensor::head_cut;
    if (is_on("lossp")) return sharded;
    return one_of<tensor::head_cut>(options_, "out", "col", {{"col", gathered}, {"row", rows}, {"col_seqout", sequence_sharded}});
  }

  // --- parameters ---

  /// The dimension along which a parameter is cut; none where every rank has it whole.
  [[nodiscard]] std::optional<std::size_t> cut_of(json const& p) const {
    std::string const name = p.at(0).get<std::string>();
    bool const is_bias = name.ends_with(".bias");
    auto const is = [&](char const* part) { return name.find(part) != std::string::npos; };
    if (is("emb.")) return embedding_cut() ? 1 : 0;
    if (name.starts_with("out.")) return options_.value("out", "col") == "row" ? 1 : 0;
    if (is(".wq.") || is(".wk.") || is(".wv.") || is(".w1.") || is(".w3.")) return 0;
    if (is(".wo.") || is(".w2.")) return is_bias ? std::optional<std::size_t>() : 1;
    return std::nullopt;
  }
  [[nodiscard]] bool embedding_cut() const { return options_.value("emb", "row") == "col"; }

  /// `parallelize_module`: the embedding and the output, then each layer in the order of its plan.
  template <class Comm>
  void init(Comm& comm) const {
    auto const one = [&](std::string const& prefix) {
      for (json const& p : summary_.at("params")) {
        if (!p.at(0).get<std::string>().starts_with(prefix)) continue;
        cf::dynamic_tensor const whole(strategy_rows::dtype_of(p.at(2).get<std::string>()), oracle::extents_of(p.at(1)));
        if (auto const dimension = cut_of(p))
          cf::parallel::distribute(comm, whole, *dimension, tp_.group, tp_.rank);
        else
          comm.dist().broadcast(whole, 0, tp_.group);
      }
    };
    one("emb.");
    one("out.");
    for (std::size_t i = 0; i != model_.layers(); ++i)
      for (char const* const part : {"attn.wq", "attn.wk", "attn.wv", "attn.wo", "mlp.w1", "mlp.w3", "mlp.w2"})
        one(model_.prefix(i) + part + ".");
  }

  /// What this rank has of the parameters whose names begin so, which is what FSDP2 shards.
  void add(fsdp::unit& to, std::string const& prefix) const {
    for (json const& p : summary_.at("params")) {
      if (!p.at(0).get<std::string>().starts_with(prefix)) continue;
      cf::dynamic_tensor const whole(strategy_rows::dtype_of(p.at(2).get<std::string>()), oracle::extents_of(p.at(1)));
      auto const dimension = cut_of(p);
      to.add(dimension ? cf::parallel::shard_of(whole, *dimension, tp_.group, tp_.rank) : whole);
    }
  }
  /// One unit for each layer and the root with the rest; or torchtitan's, in which the embedding is a unit, and the norm and the output,
  /// which stay whole.
  [[nodiscard]] fsdp::unit units() const {
    bool const titan = options_.value("units", "") == "titan";
    fsdp::unit root = fsdp::fully_shard(), embedding = fsdp::fully_shard(), last = fsdp::fully_shard();
    add(titan ? embedding : root, "emb.");
    if (titan) root.add(embedding.named("embedding"));
    for (std::size_t i = 0; i != model_.layers(); ++i) {
      fsdp::unit layer = fsdp::fully_shard();
      add(layer, model_.prefix(i));
      root.add(layer.named("layer"));
    }
    add(titan ? last : root, "norm.");
    add(titan ? last : root, "out.");
    if (titan)
      root.add(last.named("last").with([&] {
        fsdp::policy stays = policy();
        stays.reshard_after_forward = false;
        return stays;
      }()));
    return root.named(titan ? "titan" : "root");
  }
  [[nodiscard]] fsdp::policy policy() const {
    fsdp::policy with;
    if (!options_.contains("mp")) return with;
    json const& mp = options_.at("mp");
    if (mp.contains("param_dtype")) with.param_dtype = strategy_rows::dtype_of(mp.at("param_dtype").get<std::string>());
    if (mp.contains("reduce_dtype")) with.reduce_dtype = strategy_rows::dtype_of(mp.at("reduce_dtype").get<std::string>());
    return with;
  }

  // --- steps ---

  [[nodiscard]] std::size_t norms() const { return 2 * model_.layers() + 1; }
  [[nodiscard]] std::size_t gradients() const { return summary_.at("params").size(); }
  [[nodiscard]] cf::dtype logits() const { return is_on("loss_f32") ? cf::f32 : computed(); }

  [[nodiscard]] std::size_t accumulated() const { return options_.value("accum", std::size_t{1}); }

  void alone(std::vector<std::string>& made) const {
    for (std::size_t step = 0; step != number("steps"); ++step) {
      for (std::size_t micro = 0; micro != accumulated(); ++micro)
        strategy_rows::append(
            made,
            [&](auto& comm) {
              comm.phase("forward", [&] {
                embedding_.forward(comm);
                for (std::size_t i = 0; i != model_.layers(); ++i) layer_.forward(comm);
                head_.forward(comm);
              });
              comm.phase("loss", [&] { head_.loss(comm, logits()); });
              comm.phase("backward", [&] {
                head_.backward(comm);
                for (std::size_t i = 0; i != model_.layers(); ++i) layer_.backward(comm, again_);
                embedding_.backward(comm);
              });
            },
            strategy_rows::suffix_of(step, micro));
      strategy_rows::append(
          made,
          [&](auto& comm) {
            comm.phase("clip", [&] {
              between_.sum_norm_gradients(comm, norms(), stored());
              cf::parallel::reduce_norms(comm, gradients(), stored(), cf::parallel::norm_kind::finite, tp_.group);
            });
            comm.phase("optim", [&] {
              for (std::size_t use = 0; use != 3; ++use) between_.sum_norm_gradients(comm, norms(), stored());
            });
          },
          strategy_rows::suffix_of(step, 0));
    }
  }

  void sharded(std::vector<std::string>& made) const {
    // HSDP, where the row has an axis of replicas: its shards are those of "shard".
    auto const group_if_there = [&](char const* name) {
      return summary_.at("groups").contains(name) ? std::optional(strategy_rows::group_of_row(summary_, name)) : std::nullopt;
    };
    auto const replicas = group_if_there("rep"), shards = group_if_there(replicas ? "shard" : "dp");
    fsdp::sharded_model model(units(), policy(), fsdp::mesh{shards, replicas});
    for (std::size_t step = 0; step != number("steps"); ++step) {
      for (std::size_t micro = 0; micro != accumulated(); ++micro)
        strategy_rows::append(
            made, [&](auto& comm) { sharded_micro_batch(comm, model, micro + 1 == accumulated()); }, strategy_rows::suffix_of(step, micro));
      strategy_rows::append(
          made,
          [&](auto& comm) {
            comm.phase("clip", [&] {
              auto const reduce = [&](std::size_t n, auto const&... axes) {
                cf::parallel::reduce_norms(comm, n, stored(), cf::parallel::norm_kind::finite, axes...);
              };
              if (is_on("sp")) return reduce(gradients(), shards, tp_.group);
              // The norms are on the mesh of FSDP2 alone. PyTorch refuses to clip over two meshes; a program clips one after the other.
              if (options_.value("clip", "default") != "titan_grouped") return;
              reduce(gradients() - norms(), shards, tp_.group);
              reduce(norms(), shards);
            });
          },
          strategy_rows::suffix_of(step, 0));
    }
  }

  template <class Comm, class Model>
  void sharded_micro_batch(Comm& comm, Model& model, bool is_last) const {
    comm.phase("forward", [&] {
      model.forward(comm, [&](fsdp::moment const& at) {
        if (at.enters("root") || at.enters("embedding")) embedding_.forward(comm);
        if (at.enters("layer")) layer_.forward(comm);
        if (at.leaves("root") || at.enters("last")) head_.forward(comm);
      });
    });
    comm.phase("loss", [&] { head_.loss(comm, logits()); });
    comm.phase("backward", [&] {
      model.backward(comm, {.requires_gradient_sync = is_last || !is_on("no_sync")}, [&](fsdp::moment const& at) {
        if (at.enters("root") || at.enters("last")) head_.backward(comm);
        if (at.enters("layer")) layer_.backward(comm, again_);
        if (at.leaves("root") || at.enters("embedding")) embedding_.backward(comm);
        if (at.reduces("layer")) between_.sum_norm_gradients(comm, 2, computed());
        if (at.reduces("root") || at.reduces("last")) between_.sum_norm_gradients(comm, 1, computed());
      });
    });
  }

  json const& summary_;
  json const& options_;
  strategy_rows::toy_model model_;
  strategy_rows::axis_of_row tp_;
  tensor::activations<axis> between_;
  tensor::decoder_layer<axis> layer_;
  tensor::embedding<axis> embedding_;
  tensor::head<axis> head_;
  tensor::recompute again_;
};

/// PyTorch refused, by whatever its guess of a size ran into.
void expect_refusal(json const& summary) {
  std::string const reason = summary.at("error").at("msg").get<std::string>();
  bool const of_tokens = reason.find("batch_size") != std::string::npos || reason.find("division by zero") != std::string::npos;
  bool const of_columns = reason.find("same reduction dim") != std::string::npos;
  REQUIRE((of_tokens || of_columns));
  CHECK_THROWS_WITH(run_of_row(summary),
                    Catch::Matchers::ContainsSubstring(of_tokens ? "do not divide a sequence of" : "columns of the feed-forward"));
}

}  // namespace

TEST_CASE("tensor parallelism makes PyTorch's calls, in order", "[parallel][tensor][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(strategy_rows::runs_of("torch_strategies.jsonl", {"tp", "fsdp2+tp"}), [&](run const& theirs) {
    json const& summary = theirs.summary;
    expect_known(summary.at("options"));
    if (!summary.at("ok").get<bool>()) {
      expect_refusal(summary);
      told.refused(summary);
      return;
    }
    told.compare(summary.at("kind").get<std::string>(), run_of_row(summary).calls(), theirs.calls);
  });
  told.print();
  told.expect_none_left();
}
