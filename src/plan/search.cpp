// SPDX-License-Identifier: BSL-1.0
#include <src/plan/search.hpp>

#include <src/input_error.hpp>
#include <src/wire_step.hpp>

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace commfold::io {

namespace {

/// Calls each(mesh) for all meshes along `axes` of `ranks` ranks together.
template <class Each>
void for_each_mesh(std::vector<axis> const& axes, std::size_t ranks, std::size_t at, plan_mesh const& before, Each const& each) {
  if (at == axes.size()) {
    if (ranks == 1) each(before);
    return;
  }
  for (std::size_t n = 1; n <= ranks; ++n) {
    if (ranks % n != 0) continue;
    plan_mesh mesh = before;
    if (n != 1) mesh.add({axes[at], n});
    for_each_mesh(axes, ranks / n, at + 1, mesh, each);
  }
}

std::size_t node_of(wire_setup const& by) {
  wire::placement const& in = by.where().domains();
  for (std::size_t i = 0; i != in.size(); ++i)
    if (in[i].name == "node") return i;
  throw input_error("--search: no domain is called 'node'");
}

/// What each rank sends in a step, all of it and to other nodes, were all ranks those of one pipeline rank. A schedule that is the same for
/// all ranks is made once.
struct sent_by_ranks {
  std::vector<std::size_t> all, between_nodes;

  void add_answer(std::size_t rank, wire::rank_answer const& answer, std::size_t node) {
    all[rank] = add(all[rank], answer.all().sent_bytes);
    between_nodes[rank] = add(between_nodes[rank], answer.from_class(node + 1).sent_bytes);
  }
};

template <class Step>
sent_by_ranks sent_in(Step const& step, std::size_t node) {
  sent_by_ranks sent{std::vector<std::size_t>(step.ranks()), std::vector<std::size_t>(step.ranks())};
  std::vector<std::string_view> done;
  for (ledger_row const& row : step.rows()) {
    std::string_view const op = row.call().op();
    if (std::find(done.begin(), done.end(), op) != done.end()) continue;
    done.push_back(op);
    bool of_one = false;
    for (ledger_row const& other : step.rows()) of_one = of_one || (other.call().op() == op && wire::is_of_one_rank(other.call()));
    if (of_one) {
      for (std::size_t rank = 0; rank != step.ranks(); ++rank) sent.add_answer(rank, step.of_rank(rank, {.op = op}), node);
    } else {
      std::vector<wire::rank_answer> const answers = step.of_all_ranks({.op = op});
      for (std::size_t rank = 0; rank != answers.size(); ++rank) sent.add_answer(rank, answers[rank], node);
    }
  }
  return sent;
}

/// The time of all calls one after the other; none where one of them is not estimated.
template <class Step>
std::optional<double> time_of(Step const& step) {
  if constexpr (Step::is_timed) {
    double time = 0;
    for (ledger_row const& row : step.rows()) {
      if (!has_estimate(row.call())) return std::nullopt;
      time += step.microseconds(row);
    }
    return time;
  }
  return std::nullopt;
}

/// Adds the ranks of one place along pp and cp to what is found.
void add_stage(found_mesh& to, plan const& of, plan_options const& with, wire_setup const& by) {
  with_step(of.traffic, by, [&](auto const& step) {
    sent_by_ranks const sent = sent_in(step, node_of(by));
    for (std::size_t rank = 0; rank != step.ranks(); ++rank) {
      if (to.mesh.coordinate(axis::pp, rank) != with.pipeline_rank || to.mesh.coordinate(axis::cp, rank) != with.context_rank) continue;
      to.between_nodes = add(to.between_nodes, sent.between_nodes[rank]);
      to.most_sent = std::max(to.most_sent, sent.all[rank]);
    }
    std::optional<double> const time = time_of(step);
    bool const is_first = with.pipeline_rank == 0 && with.context_rank == 0, is_known = time && (is_first || to.microseconds);
    to.microseconds = is_known ? std::optional(std::max(to.microseconds.value_or(0), *time)) : std::nullopt;
  });
  if (of.memory.all() > to.memory.all()) to.memory = of.memory;
}

/// Meshes with and without an axis are compared, each with the options of the axes that it has.
void leave_out_options_of_missing_axes(plan_options& step) {
  if (step.mesh.ranks(axis::tp) == 1) step.sequence_parallel = step.loss_parallel = false;
  if (step.mesh.ranks(axis::pp) != 1) return;
  step.schedule.reset();
  step.stages_per_rank.reset();
}

void expect_searched(std::vector<axis> const& axes, axis a, bool is_given, char const* option) {
  if (is_given && std::find(axes.begin(), axes.end(), a) == axes.end())
    throw input_error(std::string(option) + ": no mesh with " + std::string(name_of(a)) + " is searched");
}

found_mesh answer_for(model const& of, plan_mesh const& mesh, search_options const& with) {
  plan_options step = with.step;
  step.mesh = mesh;
  leave_out_options_of_missing_axes(step);
  step.list_calls = false;
  std::size_t const data = mesh.ranks(axis::dp) * mesh.ranks(axis::fsdp) * mesh.ranks(axis::ep);
  if (with.sequences % data != 0)
    throw input_error(std::to_string(data) + " ranks with sequences of their own do not divide " + std::to_string(with.sequences));
  step.batch = with.sequences / data;
  wire_options on = with.on;
  on.mesh = mesh.text();
  on.groups = mesh.flattened_groups();
  wire_setup const by(on);
  found_mesh found{mesh, 0, 0, std::nullopt, {}};
  for (step.pipeline_rank = 0; step.pipeline_rank != mesh.ranks(axis::pp); ++step.pipeline_rank)
    for (step.context_rank = 0; step.context_rank != mesh.ranks(axis::cp); ++step.context_rank)
      add_stage(found, make_plan(of, step), step, by);
  return found;
}

bool is_better(found_mesh const& a, found_mesh const& b) {
  auto const time = [](found_mesh const& m) { return std::pair(!m.microseconds, m.microseconds.value_or(0)); };
  return std::tuple(a.between_nodes, time(a), a.memory.all(), a.mesh.text()) <
         std::tuple(b.between_nodes, time(b), b.memory.all(), b.mesh.text());
}

}  // namespace

std::vector<axis> searched_axes(model const& of, strategy by) {
  bool const has_experts = of.tree.experts != 0;
  switch (by) {
    case strategy::fsdp1:
      return {axis::fsdp};
    case strategy::zero1:
      return {axis::pp, axis::dp};
    case strategy::zero2:
    case strategy::zero3:
      return {axis::dp};
    case strategy::ddp:
      return {axis::pp, axis::dp, axis::cp, axis::tp};
    case strategy::megatron:
      return {axis::pp, axis::dp, axis::tp};
    case strategy::hsdp:
      return {axis::pp, axis::dp, axis::fsdp, axis::cp, has_experts ? axis::ep : axis::tp};
    default:
      return {axis::pp, axis::fsdp, axis::cp, has_experts ? axis::ep : axis::tp};
  }
}

search_result search_meshes(model const& of, search_options const& with) {
  if (!with.on.gpus_per_node && !with.on.domains)
    throw input_error("--search: ranks are on no nodes; give --gpus-per-node, or a domain 'node' in --domains");
  std::vector<axis> const axes = searched_axes(of, with.step.by);
  expect_searched(axes, axis::tp, with.step.sequence_parallel, "--sequence-parallel");
  expect_searched(axes, axis::tp, with.step.loss_parallel, "--loss-parallel");
  expect_searched(axes, axis::pp, with.step.schedule.has_value(), "--schedule");
  expect_searched(axes, axis::pp, with.step.stages_per_rank.has_value(), "--stages-per-rank");
  search_result result;
  auto const refuse = [&](error const& e) {
    if (result.refused++ == 0) result.why_refused = e.what();
  };
  for_each_mesh(axes, with.ranks, 0, {}, [&](plan_mesh const& mesh) {
    ++result.tried;
    try {
      result.best.push_back(answer_for(of, mesh, with));
    } catch (overflow_error const&) {
      throw;
    } catch (error const& e) {
      refuse(e);
    }
  });
  if (result.best.empty())
    throw input_error("--search: none of " + std::to_string(result.tried) + " meshes can be planned; of the first: " + result.why_refused);
  std::sort(result.best.begin(), result.best.end(), is_better);
  if (result.best.size() > with.most) result.best.resize(with.most);
  return result;
}

}  // namespace commfold::io
