// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/search.hpp
/// All meshes of so many ranks, by what a step sends between nodes.

#include <src/plan/plan.hpp>
#include <src/wire_setup.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace commfold::io {

struct search_options {
  std::size_t ranks = 0;
  std::size_t sequences = 0;  ///< of all ranks, in a step: the same work on every mesh
  plan_options step{};        ///< its mesh and its batch are those of each candidate; options of an axis are for those that have it
  wire_options on{};          ///< the library and the domains, of which one is the node
  std::size_t most = 10;      ///< how many of the best are kept
};

/// A mesh on which the step can be planned.
struct found_mesh {
  plan_mesh mesh;
  std::size_t between_nodes = 0;       ///< bytes, of all ranks together
  std::size_t most_sent = 0;           ///< bytes, by the rank that sends most
  std::optional<double> microseconds;  ///< of the pipeline rank whose calls take longest; empty where not all of them are estimated
  rank_memory memory{};                ///< of the pipeline rank that needs most
};

struct search_result {
  std::vector<found_mesh> best;  ///< by bytes between nodes, then time, then memory; then in the order of their texts
  std::size_t tried = 0;
  std::size_t refused = 0;  ///< of them: what make_plan refuses, or sequences that the data ranks do not divide
  std::string why_refused;  ///< the first reason
};

/// The axes that a strategy has, from the outermost. `tp` or `ep`, as the model has experts.
[[nodiscard]] std::vector<axis> searched_axes(model const& of, strategy by);

/// Every mesh whose axes are those of `searched_axes`, of one rank or more each, and whose product is `ranks`. Axes of one rank are left
/// out, but for those that the strategy needs. `input_error` where a domain "node" is missing, for options of an axis that is not searched,
/// and where no mesh can be planned.
[[nodiscard]] search_result search_meshes(model const& of, search_options const& with);

}  // namespace commfold::io
