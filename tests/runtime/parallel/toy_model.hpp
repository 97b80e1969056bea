// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/parallel/toy_model.hpp
/// The model of the rows, a Llama of few layers, as units of FSDP2, and the groups of its runs as the rows call them.

#include <commfold/group/dynamic_group.hpp>
#include <commfold/parallel/fsdp.hpp>

#include "strategy_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace strategy_rows {

/// The group of an axis of this row's rank. Rows call a group of all ranks "world", and two axes of the same ranks by the first one's name.
inline cf::dynamic_group group_of_row(json const& summary, std::string const& axis) {
  json const& groups = summary.at("groups");
  json const& members = groups.at(axis);
  std::string name = axis;
  bool const is_axis = summary.at("mesh_names").end() != std::find(summary.at("mesh_names").begin(), summary.at("mesh_names").end(), axis);
  if (!is_axis && members.size() == summary.at("world").get<std::size_t>()) name = "world";
  for (json const& other : summary.at("mesh_names"))
    if (groups.at(other.get<std::string>()) == members) {
      name = other.get<std::string>();
      break;
    }
  return {name, members.size()};
}

/// The group with this rank's place in it.
struct axis_of_row {
  axis_of_row(json const& summary, std::string const& axis) : group(group_of_row(summary, axis)) {
    json const& members = summary.at("groups").at(axis);
    auto const at = std::find(members.begin(), members.end(), summary.at("rank"));
    if (at == members.end()) throw std::runtime_error("the rank of the row is not in its group '" + axis + "'");
    rank = static_cast<std::size_t>(at - members.begin());
  }
  cf::dynamic_group group;
  std::size_t rank = 0;
};

/// `params` of a summary row: name, shape, dtype, whether it gets a gradient.
class toy_model {
 public:
  explicit toy_model(json const& summary) : summary_(summary), layers_(summary.at("model").at("layers").get<std::size_t>()) {}

  [[nodiscard]] std::size_t layers() const { return layers_; }

  /// One unit for each layer, called "layer"; the root has the rest.
  [[nodiscard]] cf::parallel::fsdp::unit units_of_layers() const {
    cf::parallel::fsdp::unit root = cf::parallel::fsdp::fully_shard();
    add(root, "emb.", none);
    for (std::size_t i = 0; i != layers_; ++i) root.add(layer(i, none).named("layer"));
    add(root, "norm.", none);
    add(root, "out.", none);
    return root.named("root");
  }

  /// The parameters whose names begin so, but for those with `without` in their name.
  void add(cf::parallel::fsdp::unit& to, std::string const& prefix, std::string const& without) const {
    for (json const& p : summary_.at("params")) {
      auto const name = p.at(0).get<std::string>();
      if (name.starts_with(prefix) && (without.empty() || name.find(without) == std::string::npos)) to.add(parameter_of(p));
    }
  }
  [[nodiscard]] cf::parallel::fsdp::unit layer(std::size_t i, std::string const& without) const {
    cf::parallel::fsdp::unit made = cf::parallel::fsdp::fully_shard();
    add(made, prefix(i), without);
    return made;
  }
  [[nodiscard]] static std::string prefix(std::size_t i) { return "layers." + std::to_string(i) + "."; }

  [[nodiscard]] static cf::parallel::fsdp::parameter parameter_of(json const& p) {
    auto const shape = p.at(1).get<std::vector<std::size_t>>();
    std::size_t elements = 1;
    for (std::size_t const n : shape) elements *= n;
    return {.dtype = dtype_of(p.at(2).get<std::string>()), .elements = elements, .extent = shape.at(0), .trainable = p.at(3).get<bool>()};
  }

  static inline std::string const none{};

 private:
  json const& summary_;
  std::size_t layers_;
};

}  // namespace strategy_rows
