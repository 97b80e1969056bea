// SPDX-License-Identifier: BSL-1.0
// State dicts and clipping of sharded models against PyTorch, call by call: the runs of kinds state_dict and clip in
// torch_strategies.jsonl. Each tells how every parameter, or gradient, is placed on the mesh.
#include <commfold/parallel/clip.hpp>
#include <commfold/parallel/state.hpp>

#include <catch2/catch_test_macros.hpp>

#include "strategy_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cf = commfold;
using strategy_rows::json;
using strategy_rows::run;

namespace {

struct unknown_option : std::runtime_error {
  using runtime_error::runtime_error;
};

cf::dynamic_group group_of(json const& summary, std::size_t axis) {
  return {summary.at("mesh_names").at(axis).get<std::string>(), summary.at("mesh").at(axis).get<std::size_t>()};
}

cf::dynamic_tensor tensor_of(json const& parameter) {
  return {strategy_rows::dtype_of(parameter.at(2).get<std::string>()), oracle::extents_of(parameter.at(1))};
}

/// `R`, `P(sum)`, `S(1)`, or `_S(0, 4)`: cut in 4 on an inner axis before.
struct placement {
  bool replicated, partial;
  std::size_t dimension;
};
placement placement_of(json const& text) {
  std::string const words = text.get<std::string>();
  if (words == "R") return {true, false, 0};
  if (words.starts_with("P(")) return {false, true, 0};
  std::size_t const open = words.find("S(");
  if (open == std::string::npos) throw std::runtime_error("no placement is written as " + words);
  return {false, false, static_cast<std::size_t>(std::stoul(words.substr(open + 2)))};
}

/// The axes of the whole mesh that placements speak of. A tensor that tensor parallelism leaves alone is on the outer axes only.
template <class Use>
void with_cuts(json const& summary, json const& placements, Use const& use) {
  std::vector<cf::parallel::cut<cf::dynamic_group>> cuts;
  for (std::size_t i = 0; i != placements.size(); ++i)
    if (placement const at = placement_of(placements[i]); !at.replicated && !at.partial)
      cuts.push_back({group_of(summary, i), at.dimension});
  if (cuts.size() == 1) return use(cuts[0]);
  if (cuts.size() == 2) return use(cuts[0], cuts[1]);
  if (!cuts.empty()) throw unknown_option("a tensor is cut along three axes");
}

/// The bytes of the pickle in a run: Python's, and no contract.
std::size_t pickle_bytes(run const& theirs) {
  std::string const& call = theirs.calls.at(1);
  std::size_t const at = call.find("uint8[");
  if (at == std::string::npos) throw std::runtime_error("the second broadcast is no pickle: " + call);
  return std::stoul(call.substr(at + 6));
}

std::vector<std::string> state_calls(run const& theirs) {
  json const& summary = theirs.summary;
  std::string const what = summary.at("options").at("what").get<std::string>();
  std::vector<std::string> calls;
  if (what == "model_sharded") return calls;
  strategy_rows::append(calls, [&](auto& comm) {
    comm.phase(what, [&] {
      if (what == "broadcast_from_rank0") {
        std::vector<cf::dynamic_tensor> whole;
        for (json const& one : summary.at("params")) whole.push_back(tensor_of(one));
        // A group of the same ranks as an axis carries the axis's name.
        cf::dynamic_group const world("world", summary.at("world").get<std::size_t>());
        cf::parallel::state_from_rank0(comm, whole, pickle_bytes(theirs), summary.at("mesh").size() == 1 ? group_of(summary, 0) : world);
        return;
      }
      if (what != "full_tensor" && what != "model_full" && what != "optim_full") throw unknown_option("what is " + what);
      for (json const& one : summary.at("params"))
        if (one.size() > 4)
          with_cuts(summary, one.at(4),
                    [&](auto const&... cuts) { cf::parallel::full_state(comm, tensor_of(one), what == "optim_full" ? 2 : 1, cuts...); });
    });
  });
  return calls;
}

/// The gradients of a run by the axes that they live on, and what is partial among them.
struct gradients {
  std::map<std::size_t, std::size_t> of_axes;  ///< the number of axes of their mesh: how many
  std::vector<std::size_t> order;              ///< those numbers, as they come
  std::vector<cf::dynamic_tensor> partial;
  std::size_t plain = 0;
};
gradients gradients_of(json const& summary) {
  gradients all;
  json const& grads = summary.at("grads");
  for (std::size_t i = 0; i != grads.size(); ++i) {
    json const& placements = grads[i].at(1);
    if (!placements.is_array()) {
      ++all.plain;
      continue;
    }
    for (json const& one : placements)
      if (placement_of(one).partial) all.partial.push_back(tensor_of(summary.at("params").at(i)));
    if (all.of_axes[placements.size()]++ == 0) all.order.push_back(placements.size());
  }
  return all;
}

/// `clip_grad_norm_` of all gradients, or of those of one mesh after the other.
std::vector<std::string> clip_calls(json const& summary) {
  std::string const kind = summary.at("options").at("clip").get<std::string>();
  bool const refused = !summary.at("clip_error").is_null();
  gradients const of = gradients_of(summary);
  std::size_t const axes = summary.at("mesh").size();
  std::size_t const replicas = summary.at("mesh_names").at(0) == "rep" ? 1 : 0;
  cf::dtype const dtype = strategy_rows::dtype_of(summary.at("dtype").get<std::string>());
  cf::parallel::norm_kind const norm = kind == "inf" ? cf::parallel::norm_kind::infinity : cf::parallel::norm_kind::finite;
  // The axis that partial gradients are summed over, by whoever needs their values.
  cf::dynamic_group const inner = group_of(summary, axes - 1);
  auto const sum_partial = [&](auto& comm) {
    for (cf::dynamic_tensor const& one : of.partial) comm.funcol().all_reduce(one, cf::sum, inner);
  };
  auto const over_axes = [&](std::size_t of_mesh, auto const& use) {
    std::vector<std::optional<cf::dynamic_group>> over(2);
    for (std::size_t i = replicas; i != of_mesh; ++i) over.at(i - replicas) = group_of(summary, i);
    use(over[0], over[1]);
  };

  std::vector<std::string> calls;
  strategy_rows::append(calls, [&](auto& comm) {
    comm.phase("clip", [&] {
      if (kind == "value") return;
      sum_partial(comm);
      if (kind == "titan_grouped") {
        // torchtitan parts gradients into those on the mesh of experts or tensors and the others.
        std::vector<std::size_t> order = of.order;
        std::sort(order.rbegin(), order.rend());
        for (std::size_t const on : order)
          over_axes(on, [&](auto const&... over) { cf::parallel::reduce_norms(comm, of.of_axes.at(on), dtype, norm, over...); });
        return;
      }
      // Gradients over several meshes, and DTensors beside plain tensors under foreach: PyTorch refuses before it calls.
      if (of.of_axes.size() > 1 || (refused && kind == "foreach")) return;
      over_axes(of.order.at(0), [&](auto const&... over) {
        cf::parallel::reduce_norms(comm, of.of_axes.at(of.order.at(0)) + of.plain, dtype, norm, over...);
      });
    });
    if (norm == cf::parallel::norm_kind::infinity && !refused)
      comm.phase("clip_full_tensor",
                 [&] { over_axes(of.order.at(0), [&](auto const&... over) { cf::parallel::full_norm(comm, dtype, norm, over...); }); });
    // AdamW reads a gradient three times, and a partial one is summed for each.
    comm.phase("optim", [&] {
      for (cf::dynamic_tensor const& one : of.partial)
        for (int reads = 0; reads != 3; ++reads) comm.funcol().all_reduce(one, cf::sum, inner);
    });
  });
  return calls;
}

}  // namespace

TEST_CASE("whole states and clipping make PyTorch's calls, in order", "[parallel][state][oracle]") {
  strategy_rows::tally told;
  strategy_rows::each_run(strategy_rows::runs_of("torch_strategies.jsonl", {"state_dict", "clip"}), [&](run const& theirs) {
    json const& summary = theirs.summary;
    std::string const kind = summary.at("kind").get<std::string>();
    try {
      if (!summary.at("ok").get<bool>()) throw unknown_option("PyTorch refused it: " + summary.at("error").dump());
      told.compare(kind, kind == "clip" ? clip_calls(summary) : state_calls(theirs), theirs.calls);
    } catch (unknown_option const& e) {
      told.leave(summary, e.what());
    }
  });
  told.print();
  told.expect_none_left();
}
