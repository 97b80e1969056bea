// SPDX-License-Identifier: BSL-1.0
// The search against every mesh there is, each evaluated by the report of its plan on the wire.
#include <src/input_error.hpp>
#include <src/model_config.hpp>
#include <src/plan/search.hpp>
#include <src/wire_answer.hpp>

#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace cf = commfold;
namespace io = commfold::io;
using io::axis;

namespace {

io::model tiny() { return io::read_model_config(std::string(COMMFOLD_MODELS) + "/tiny.json"); }

io::search_options options(std::size_t ranks) {
  return {.ranks = ranks, .sequences = 16, .step = {.seq_len = 64}, .on = {.backend = "openmpi", .gpus_per_node = "4"}, .most = 1000};
}

/// Bytes between nodes, by the answer on the wire of each pipeline rank: (mesh, bytes), the least first.
std::vector<std::pair<std::size_t, std::string>> exhaustive(std::size_t ranks) {
  std::vector<std::pair<std::size_t, std::string>> all;
  for (std::size_t pp = 1; pp <= ranks; ++pp)
    for (std::size_t fsdp = 1; fsdp <= ranks; ++fsdp)
      for (std::size_t cp = 1; cp <= ranks; ++cp)
        for (std::size_t tp = 1; tp <= ranks; ++tp) {
          if (pp * fsdp * cp * tp != ranks) continue;
          io::plan_mesh mesh;
          for (auto const& [a, n] : {std::pair{axis::pp, pp}, {axis::fsdp, fsdp}, {axis::cp, cp}, {axis::tp, tp}})
            if (n != 1) mesh.add({a, n});
          try {
            std::size_t between = 0;
            if (16 % fsdp != 0) continue;
            for (std::size_t place = 0; place != pp * cp; ++place) {
              std::size_t const stage = place / cp, context = place % cp;
              io::plan const plan = io::make_plan(
                  tiny(),
                  {.mesh = mesh, .batch = 16 / fsdp, .seq_len = 64, .pipeline_rank = stage, .context_rank = context, .list_calls = false});
              for (std::size_t rank = 0; rank != ranks; ++rank) {
                if (mesh.coordinate(axis::pp, rank) != stage || mesh.coordinate(axis::cp, rank) != context) continue;
                io::wire_setup const by({.backend = "openmpi",
                                         .mesh = mesh.text(),
                                         .groups = mesh.flattened_groups(),
                                         .gpus_per_node = "4",
                                         .rank = std::to_string(rank)});
                between += io::answer_on_wire(plan.traffic, by, false).ranks.at(0).from_class(1).sent_bytes;
              }
            }
            all.emplace_back(between, mesh.text());
          } catch (cf::error const&) {
            // This mesh cannot be planned.
          }
        }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("the search finds what trying every mesh finds", "[plan][search]") {
  for (std::size_t const ranks : {std::size_t{8}, std::size_t{16}}) {
    std::vector<std::pair<std::size_t, std::string>> const expected = exhaustive(ranks);
    io::search_result const found = io::search_meshes(tiny(), options(ranks));
    REQUIRE(found.best.size() == expected.size());
    CHECK(found.tried == found.best.size() + found.refused);
    std::vector<std::pair<std::size_t, std::string>> got;
    for (io::found_mesh const& one : found.best) {
      CHECK((got.empty() || got.back().first <= one.between_nodes));
      got.emplace_back(one.between_nodes, one.mesh.text());
    }
    std::sort(got.begin(), got.end());
    CHECK(got == expected);
  }
}

TEST_CASE("the search keeps as many as are asked for, and says what it refused", "[plan][search]") {
  io::search_options with = options(8);
  with.most = 3;
  io::search_result const found = io::search_meshes(tiny(), with);
  CHECK(found.best.size() == 3);
  CHECK(found.refused > 0);
  CHECK_FALSE(found.why_refused.empty());
  with.ranks = 7;  // 7 divides nothing
  CHECK_THROWS_AS(io::search_meshes(tiny(), with), io::input_error);
  with.on.gpus_per_node.reset();
  try {
    (void)io::search_meshes(tiny(), with);
    FAIL("nothing was refused");
  } catch (io::input_error const& error) {
    CHECK(std::string(error.what()).starts_with("--search: ranks are on no nodes; give --gpus-per-node"));
  }
}

TEST_CASE("options of an axis are for the meshes that have it", "[plan][search]") {
  io::search_options with = options(8);
  with.step.sequence_parallel = true;
  with.step.schedule = "gpipe";
  std::size_t const all = io::search_meshes(tiny(), options(8)).best.size();
  CHECK(io::search_meshes(tiny(), with).best.size() == all);

  auto const refusal = [&](io::strategy by) -> std::string {
    with.step.by = by;
    try {
      (void)io::search_meshes(tiny(), with);
    } catch (io::input_error const& error) {
      return error.what();
    }
    return "nothing was refused";
  };
  CHECK(refusal(io::strategy::zero1) == "--sequence-parallel: no mesh with tp is searched");
  with.step.sequence_parallel = false;
  CHECK(refusal(io::strategy::zero2) == "--schedule: no mesh with pp is searched");
  with.step.schedule.reset();
  with.step.loss_parallel = true;
  CHECK(refusal(io::strategy::zero1) == "--loss-parallel: no mesh with tp is searched");
  with.step.loss_parallel = false;
  with.step.stages_per_rank = 2;
  CHECK(refusal(io::strategy::zero2) == "--stages-per-rank: no mesh with pp is searched");
}
