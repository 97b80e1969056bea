// SPDX-License-Identifier: BSL-1.0
// FSDP2, HSDP and replicate() against PyTorch, call by call: every run of kind fsdp2 in torch_strategies.jsonl, built from its summary row.
#include <commfold/parallel/fsdp.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "strategy_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
using strategy_rows::json;
using strategy_rows::run;

namespace {

using axis = std::optional<cf::dynamic_group>;

/// What ours cannot be asked: the summary has an option that the test does not know.
struct unknown_option : std::runtime_error {
  using runtime_error::runtime_error;
};

/// The options that the test knows. The others of the file say how the model was wrapped, which `units` and `params` of the row tell:
/// raf, units, last_raf, frozen, lora_dtype, shard, ignored; or change no call: ac (activation checkpointing inside the units).
std::set<std::string> const known = {
    "accum",   "no_sync",  "no_reshard_bwd", "mp",       "last_backward", "raf",       "reshard_after_backward_false",
    "units",   "last_raf", "no_allreduce",   "ac",       "fwd_prefetch",  "eval",      "unshard_in_backward",
    "frozen",  "shard",    "lora_dtype",     "skip_mlp", "rs_unused",     "replicate", "bwd_prefetch",
    "ignored", "divide",   "divide_all",     "force_sum"};

/// The units of a run, as `fully_shard` makes them of its summary row.
class wrapped {
 public:
  explicit wrapped(json const& summary) : summary_(summary), options_(summary.at("options")) {
    for (auto const& [name, value] : options_.items())
      if (!known.contains(name)) throw unknown_option("the option " + name + " is not known");
    for (json const& one : summary.at("params")) names_.push_back(one.at(0).get<std::string>());
    for (json const& one : summary.at("units")) {
      span made{one, names_.size(), 0};
      name_parameters(made.row);
      for (std::size_t i = 0; i != names_.size(); ++i) {
        bool inside = false;
        for (json const& module : one.at("modules")) inside = inside || below(names_[i], module.get<std::string>());
        if (!inside) continue;
        made.first = std::min(made.first, i);
        made.last = i;
      }
      spans_.push_back(made);
    }
  }

  /// The root: the row's own, or one without parameters around the units of the row. PyTorch wraps the whole model at last.
  [[nodiscard]] fsdp::unit root() {
    bool const own = summary_.at("units").at(0).at("module") == "(root)";
    return own ? unit_of(0) : members_of(fsdp::fully_shard(), own_nothing(), 0, names_.size() - 1, none);
  }

  /// The number of the unit called `module` among all, the root included.
  [[nodiscard]] std::size_t place_of(std::string const& module) const {
    std::size_t const without_root = summary_.at("units").at(0).at("module") == "(root)" ? 0 : 1;
    for (std::size_t i = 0; i != spans_.size(); ++i)
      if (spans_[i].row.at("module") == module) return i + without_root;
    throw std::runtime_error("no unit is called " + module);
  }

 private:
  struct span {
    json row;
    std::size_t first, last;  ///< of the parameters below its modules, among all
  };
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  /// Where a unit was whole when the row was written, the row does not know the names of its parameters. They are those below its modules
  /// and below no unit inside, in order.
  void name_parameters(json& unit) const {
    std::vector<std::string> own;
    for (std::string const& name : names_) {
      std::string deepest;
      for (json const& other : summary_.at("units"))
        for (json const& module : other.at("modules"))
          if (below(name, module.get<std::string>()) &&
              (deepest.empty() || deepest == "(root)" || module.get<std::string>().size() > deepest.size()))
            deepest = module.get<std::string>();
      for (json const& module : unit.at("modules"))
        if (module == deepest) own.push_back(name);
    }
    std::size_t at = 0;
    for (json& p : unit.at("params")) {
      if (p.at(0) == "?") p[0] = own.at(at);
      ++at;
    }
  }

  static bool below(std::string const& name, std::string const& module) { return module == "(root)" || name.starts_with(module + "."); }
  [[nodiscard]] bool unused(std::string const& name) const {
    if (!options_.contains("skip_mlp")) return false;
    for (json const& layer : options_.at("skip_mlp"))
      for (std::string const part : {"mlp", "n2"})
        if (name.starts_with("layers." + std::to_string(layer.get<std::size_t>()) + "." + part)) return true;
    return false;
  }
  static json own_nothing() { return json::array(); }

  [[nodiscard]] fsdp::unit unit_of(std::size_t at) {
    span const& one = spans_[at];
    fsdp::unit const made = members_of(fsdp::fully_shard(), one.row.at("params"), one.first, one.last, at);
    fsdp::policy own = policy(one.row.at("module") == "(root)");
    json const& reshard = one.row.at("reshard_after_forward");
    own.reshard_after_forward = reshard.is_boolean() ? fsdp::reshard(reshard.get<bool>()) : fsdp::reshard(reshard.get<std::size_t>());
    bool const last = at + 1 == spans_.size();
    fsdp::unit const named = made.with(own);
    return last && options_.contains("unshard_in_backward") && options_.at("unshard_in_backward") == false
               ? named.not_unsharded_in_backward()
               : named;
  }

  /// Parameters and inner units by their places among all parameters, which are named in the order of use.
  [[nodiscard]] fsdp::unit members_of(fsdp::unit to, json const& own, std::size_t first, std::size_t last, std::size_t self) {
    for (std::size_t i = first; i <= last && i < names_.size(); ++i) {
      std::optional<std::size_t> inner;
      for (std::size_t u = self == none ? 0 : self + 1; u != spans_.size() && !inner; ++u)
        if (spans_[u].first == i && spans_[u].last <= last) inner = u;
      if (inner) {
        fsdp::unit const made = unit_of(*inner);
        if (unused(spans_[*inner].row.at("module").get<std::string>()))
          to.add(cf::parallel::unused(made));
        else
          to.add(made);
        i = spans_[*inner].last;
        continue;
      }
      for (json const& p : own)
        if (p.at(0) == names_[i]) to.add(parameter_of(p));
      if (is_ignored(names_[i])) to.add(cf::parallel::fsdp::ignored(parameter_of(summary_.at("params").at(i))));
    }
    return to;
  }

  /// `fully_shard(ignored_params=...)`: the option has a part of the names of modules.
  [[nodiscard]] bool is_ignored(std::string const& name) const {
    if (!options_.contains("ignored")) return false;
    for (json const& unit : summary_.at("units"))
      for (json const& p : unit.at("params"))
        if (p.at(0) == name) return false;
    for (json const& module : options_.at("ignored"))
      if (("." + name).find("." + module.get<std::string>() + ".") != std::string::npos) return true;
    return false;
  }

  [[nodiscard]] fsdp::parameter parameter_of(json const& p) const {
    auto const shape = p.at(1).get<std::vector<std::size_t>>();
    std::size_t elements = 1;
    for (std::size_t const n : shape) elements *= n;
    std::size_t const dimension = p.size() < 5 ? 0 : p.at(4).get<std::size_t>();
    fsdp::parameter const made{strategy_rows::dtype_of(p.at(2).get<std::string>()),
                               elements,
                               shape.at(dimension),
                               dimension,
                               p.at(3).get<bool>(),
                               !unused(p.at(0).get<std::string>())};
    if (p.size() < 6) return made;  // ignored
    std::size_t local = 1;
    for (json const& n : p.at(5)) local *= n.get<std::size_t>();
    std::size_t const shards = options_.value("replicate", false) ? 1 : summary_.at("mesh").back().get<std::size_t>();
    CHECK(made.shard_elements(shards) == local);
    return made;
  }

  [[nodiscard]] fsdp::policy policy(bool root) const {
    fsdp::policy made;
    if (options_.contains("mp")) {
      json const& mp = options_.at("mp");
      if (mp.contains("param_dtype")) made.param_dtype = strategy_rows::dtype_of(mp.at("param_dtype").get<std::string>());
      if (mp.contains("reduce_dtype")) made.reduce_dtype = strategy_rows::dtype_of(mp.at("reduce_dtype").get<std::string>());
    }
    if (options_.contains("divide") && (root || options_.value("divide_all", false)))
      made.gradient_divide_factor = options_.at("divide").get<double>();
    made.force_sum = options_.value("force_sum", false);
    made.reduce_unused = options_.value("rs_unused", false);
    return made;
  }

  json const& summary_;
  json const& options_;
  std::vector<std::string> names_;
  std::vector<span> spans_;
};

fsdp::mesh<axis, axis, axis> mesh_of(json const& summary) {
  auto const at = [&](std::size_t n) {
    return cf::dynamic_group(summary.at("mesh_names").at(n).get<std::string>(), summary.at("mesh").at(n).get<std::size_t>());
  };
  json const& options = summary.at("options");
  fsdp::mesh<axis, axis, axis> made{};
  if (options.value("replicate", false)) {
    made.replicate = at(0);
    return made;
  }
  std::size_t const axes = summary.at("mesh").size();
  made.shard = at(axes - 1);
  if (axes == 2) made.replicate = at(0);
  // The rows call every group that is no axis of the mesh "other".
  for (json const& unit : summary.at("units"))
    if (unit.at("reshard_after_forward").is_number())
      made.reshard = cf::dynamic_group("other", unit.at("reshard_after_forward").get<std::size_t>());
  return made;
}

std::vector<std::string> our_calls(json const& summary) {
  json const& options = summary.at("options");
  wrapped units(summary);
  fsdp::sharded_model model(units.root(), fsdp::policy{}, mesh_of(summary));
  // The rows' programs prefetch the next, or the last, layers of a list of them.
  std::vector<std::size_t> layers;
  for (json const& unit : summary.at("units")) {
    std::string const name = unit.at("module").get<std::string>();
    if (name.starts_with("layers.") && std::count(name.begin(), name.end(), '.') == 1) layers.push_back(units.place_of(name));
  }
  std::size_t const forwards = options.value("fwd_prefetch", std::size_t{0}), backwards = options.value("bwd_prefetch", std::size_t{0});
  for (std::size_t i = 0; i != layers.size(); ++i)
    for (std::size_t next = 1; next <= std::max(forwards, backwards); ++next) {
      if (next <= forwards && i + next < layers.size()) model.prefetch_in_forward(layers[i], layers[i + next]);
      if (next <= backwards && i >= next) model.prefetch_in_backward(layers[i], layers[i - next]);
    }

  std::vector<std::string> calls;
  std::size_t const steps = summary.at("steps").get<std::size_t>(), accumulated = options.value("accum", std::size_t{1});
  bool const evaluates = options.value("eval", false);
  bool const stays_whole = options.value("reshard_after_backward_false", false);
  for (std::size_t step = 0; step != steps; ++step) {
    for (std::size_t micro = 0; micro != accumulated; ++micro) {
      bool const last = micro + 1 == accumulated;
      fsdp::micro_batch const of{.requires_gradient_sync = last || !options.value("no_sync", false),
                                 .requires_all_reduce = last || !options.value("no_allreduce", false),
                                 .reshard_after_backward = !stays_whole && (last || !options.value("no_reshard_bwd", false)),
                                 .is_last_backward = last || !options.value("last_backward", false)};
      strategy_rows::append(
          calls,
          [&](auto& comm) {
            comm.phase("forward", [&] {
              if (evaluates)
                model.forward_without_gradients(comm);
              else
                model.forward(comm);
            });
            if (!evaluates) comm.phase("backward", [&] { model.backward(comm, of); });
          },
          strategy_rows::suffix_of(step, micro));
    }
    if (!evaluates && !stays_whole)
      strategy_rows::append(calls, [&](auto& comm) { comm.phase("clip", [&] { model.clip(comm); }); }, strategy_rows::suffix_of(step, 0));
  }
  return calls;
}

/// PyTorch refused, and where it did there may be no units in the row. Each of its reasons is one of ours.
void expect_refusal(json const& summary) {
  std::string const reason = summary.at("error").at("msg").get<std::string>();
  auto const says = [&](std::string_view words) { return reason.find(words) != std::string::npos; };
  auto const refused = [&](fsdp::unit const& root, fsdp::policy const& with, std::string const& words) {
    std::size_t const ranks = summary.at("mesh").back().get<std::size_t>();
    CHECK_THROWS_WITH(fsdp::sharded_model(root, with, fsdp::mesh{cf::dynamic_group("dp", ranks)}),
                      Catch::Matchers::ContainsSubstring(words));
  };
  fsdp::parameter const weight{cf::bf16, 64, 64};
  if (says("is shared with a parameter already managed")) {
    auto const shared = cf::parallel::tied("out.weight", weight);
    return refused(fsdp::fully_shard(fsdp::fully_shard(shared), fsdp::fully_shard(weight, shared)), {}, "'out.weight' is in two units");
  }
  if (says("should be a factor of"))
    return refused(fsdp::fully_shard(weight), {.reshard_after_forward = summary.at("options").at("raf").get<std::size_t>()},
                   "does not divide");
  if (says("uneven sharding")) return refused(fsdp::fully_shard(fsdp::parameter{cf::bf16, 63, 63, 1}), {}, "only dimension 0 is padded");
  if (says("uniform gradient dtype"))
    return refused(fsdp::fully_shard(weight, fsdp::parameter{cf::f32, 64, 64}), {}, "FSDP2 reduces one dtype");
  FAIL_CHECK("PyTorch refused, and ours has no such reason: " << reason);
}

}  // namespace

TEST_CASE("FSDP2, HSDP and replicate() make PyTorch's calls, in order", "[parallel][fsdp][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(strategy_rows::runs_of("torch_strategies.jsonl", {"fsdp2"}), [&](run const& theirs) {
    json const& summary = theirs.summary;
    if (!summary.at("ok").get<bool>()) {
      expect_refusal(summary);
      CHECK(theirs.calls.empty());
      told.refused(summary);
      return;
    }
    try {
      told.compare("fsdp2", our_calls(summary), theirs.calls);
    } catch (unknown_option const& e) {
      told.leave(summary, e.what());
    }
  });
  told.print();
  told.expect_none_left();
}
