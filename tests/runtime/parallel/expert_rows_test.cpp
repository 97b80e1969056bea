// SPDX-License-Identifier: BSL-1.0
// Expert parallelism, and FSDP2 around it, against PyTorch, call by call: every run of kind expert_parallel in torch_strategies.jsonl,
// built from its summary row.
#include <commfold/parallel/clip.hpp>
#include <commfold/parallel/distribute.hpp>
#include <commfold/parallel/expert.hpp>
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
namespace expert = cf::parallel::expert;
namespace fsdp = cf::parallel::fsdp;
using strategy_rows::json;
using strategy_rows::run;

namespace {

/// `topk` is in the counts.
void expect_known(json const& options) {
  static std::set<std::string> const known = {"topk", "counts", "fsdp", "ac", "mp", "divide_factor", "shard1", "accum"};
  for (auto const& [name, value] : options.items())
    if (!known.contains(name)) throw std::runtime_error("the option " + name + " is not known");
}

cf::dtype computed(json const& summary) {
  json const& mp = summary.at("options").at("mp");
  return strategy_rows::dtype_of(mp.is_null() ? summary.at("dtype").get<std::string>() : mp.at("param_dtype").get<std::string>());
}

/// The counts of the ranks of this rank's group: those of all ranks are in the row, or of one group.
expert::token_counts counts_of(json const& summary) {
  auto const all = summary.at("options").at("counts").get<std::vector<std::vector<std::size_t>>>();
  std::vector<std::vector<std::size_t>> of_group;
  bool const of_world = all.size() == summary.at("world").get<std::size_t>();
  for (json const& rank : summary.at("groups").at("ep")) of_group.push_back(all.at(of_world ? rank.get<std::size_t>() : of_group.size()));
  return expert::token_counts::of(of_group);
}

class run_of_row {
 public:
  explicit run_of_row(json const& summary)
      : summary_(summary),
        options_(summary.at("options")),
        model_(summary),
        ep_(summary, "ep"),
        experts_(counts_of(summary), {computed(summary), summary.at("model").at("d").get<std::size_t>()}, ep_.group, ep_.rank) {}

  /// Rank 0 of the expert axis scatters the experts of every layer.
  template <class Comm>
  void init(Comm& comm) const {
    for (json const& p : summary_.at("params")) {
      if (p.at(0).get<std::string>().find(".experts.") == std::string::npos) continue;
      cf::dynamic_tensor const whole(strategy_rows::dtype_of(p.at(2).get<std::string>()), oracle::extents_of(p.at(1)));
      cf::parallel::distribute(comm, whole, 0, ep_.group);
    }
  }

  std::vector<std::string> calls() {
    std::vector<std::string> made;
    strategy_rows::append(made, [&](auto& comm) { comm.phase("init", [&] { init(comm); }); });
    // Most rows leave the scatters out, and say how many there were.
    if (summary_.contains("rows_dropped")) {
      CHECK(summary_.at("rows_dropped").get<std::size_t>() == made.size());
      made.clear();
    }
    if (options_.at("fsdp").get<bool>())
      sharded(made);
    else
      plain(made);
    return made;
  }

 private:
  template <class Comm>
  void backward(Comm& comm) const {
    if (options_.at("ac").get<bool>()) experts_.forward(comm);
    experts_.backward(comm);
  }

  void plain(std::vector<std::string>& made) const {
    std::size_t const accumulated = options_.at("accum").get<std::size_t>(), layers = model_.layers();
    for (std::size_t micro = 0; micro != accumulated; ++micro)
      strategy_rows::append(
          made,
          [&](auto& comm) {
            comm.phase("forward", [&] {
              for (std::size_t i = 0; i != layers; ++i) experts_.forward(comm);
            });
            comm.phase("backward", [&] {
              for (std::size_t i = 0; i != layers; ++i) backward(comm);
            });
          },
          strategy_rows::suffix_of(0, micro));
    // Only the experts are sharded.
    strategy_rows::append(made, [&](auto& comm) {
      comm.phase("clip", [&] { cf::parallel::reduce_norms(comm, norms(true), stored(), cf::parallel::norm_kind::finite, ep_.group); });
    });
  }

  void sharded(std::vector<std::string>& made) const {
    std::optional<cf::dynamic_group> const all = strategy_rows::group_of_row(summary_, "dp");
    std::optional<cf::dynamic_group> const others = strategy_rows::group_of_row(summary_, "dp_mod_ep");
    fsdp::policy with;
    json const& mp = options_.at("mp");
    if (!mp.is_null()) {
      with.param_dtype = strategy_rows::dtype_of(mp.at("param_dtype").get<std::string>());
      with.reduce_dtype = strategy_rows::dtype_of(mp.at("reduce_dtype").get<std::string>());
    }
    fsdp::sharded_model model(units(with), with, fsdp::mesh{all}, fsdp::mesh{others});
    std::size_t const accumulated = options_.at("accum").get<std::size_t>();
    for (std::size_t micro = 0; micro != accumulated; ++micro)
      strategy_rows::append(
          made,
          [&](auto& comm) {
            comm.phase("forward", [&] {
              model.forward(comm, [&](fsdp::moment const& at) {
                if (at.begins("experts")) experts_.dispatch(comm);
                if (at.ends("experts")) experts_.combine(comm);
              });
            });
            comm.phase("backward", [&] {
              model.backward(comm, {}, [&](fsdp::moment const& at) {
                if (at.enters("layer") && options_.at("ac").get<bool>()) experts_.forward(comm);
                if (at.begins("experts")) experts_.combine_backward(comm);
                if (at.ends("experts")) experts_.dispatch_backward(comm);
              });
            });
          },
          strategy_rows::suffix_of(0, micro));
    // The experts' mesh and that of the others are two; each is one group of all ranks.
    strategy_rows::append(made, [&](auto& comm) {
      comm.phase("clip", [&] {
        cf::parallel::reduce_norms(comm, norms(true), stored(), cf::parallel::norm_kind::finite, all);
        cf::parallel::reduce_norms(comm, norms(false), stored(), cf::parallel::norm_kind::finite, all);
      });
    });
  }

  /// The embedding; each layer, with its experts on the second mesh; the norm and the output.
  [[nodiscard]] fsdp::unit units(fsdp::policy const& with) const {
    fsdp::unit root = fsdp::fully_shard(), embedding = fsdp::fully_shard(), last = fsdp::fully_shard();
    model_.add(embedding, "emb.", model_.none);
    root.add(embedding);
    for (std::size_t i = 0; i != model_.layers(); ++i) {
      fsdp::unit layer = model_.layer(i, ".experts."), experts = fsdp::fully_shard();
      for (json const& p : summary_.at("params")) {
        auto const name = p.at(0).get<std::string>();
        if (name.starts_with(model_.prefix(i)) && name.find(".experts.") != std::string::npos) experts.add(expert_of(p));
      }
      fsdp::policy own = with;
      if (options_.at("divide_factor").get<bool>()) own.gradient_divide_factor = summary_.at("world").get<double>();
      root.add(layer.add(experts.named("experts").on_mesh(1).with(own)).named("layer"));
    }
    model_.add(last, "norm.", model_.none);
    model_.add(last, "out.", model_.none);
    // As torchtitan has it: the backward needs the last unit at once.
    fsdp::policy stays = with;
    stays.reshard_after_forward = false;
    return root.add(last.with(stays));
  }

  /// Of the experts that this rank has.
  [[nodiscard]] fsdp::parameter expert_of(json const& p) const {
    fsdp::parameter one = strategy_rows::toy_model::parameter_of(p);
    one.elements /= ep_.group.size;
    one.dimension = options_.at("shard1").get<bool>() ? 1 : 0;
    one.extent = p.at(1).at(one.dimension).get<std::size_t>() / (one.dimension == 0 ? ep_.group.size : 1);
    return one;
  }

  [[nodiscard]] std::size_t norms(bool of_experts) const {
    std::size_t found = 0;
    for (json const& p : summary_.at("params"))
      if ((p.at(0).get<std::string>().find(".experts.") != std::string::npos) == of_experts) ++found;
    return found;
  }
  [[nodiscard]] cf::dtype stored() const { return strategy_rows::dtype_of(summary_.at("dtype").get<std::string>()); }

  json const& summary_;
  json const& options_;
  strategy_rows::toy_model model_;
  strategy_rows::axis_of_row ep_;
  expert::expert_exchange<cf::dynamic_group> experts_;
};

}  // namespace

TEST_CASE("expert parallelism makes PyTorch's calls, in order", "[parallel][expert][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(strategy_rows::runs_of("torch_strategies.jsonl", {"expert_parallel"}), [&](run const& theirs) {
    REQUIRE(theirs.summary.at("ok").get<bool>());
    expect_known(theirs.summary.at("options"));
    told.compare("expert_parallel", run_of_row(theirs.summary).calls(), theirs.calls);
  });
  told.print();
  told.expect_none_left();
}
