// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/call.hpp
/// A row of torch_ops.jsonl as a call: its arguments by the names of the schema.

#include "signature.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace generator {

/// Appends the tensors in a value of a row, however deep.
inline void collect_tensors(json const& held, std::vector<json const*>& found) {
  if (held.is_object() && held.contains("dtype"))
    found.push_back(&held);
  else if (held.is_structured())
    for (json const& child : held) collect_tensors(child, found);
}
inline std::vector<json const*> tensors_in(json const& held) {
  std::vector<json const*> found;
  collect_tensors(held, found);
  return found;
}

inline std::vector<std::int64_t> sizes_of(json const& tensor) { return tensor.at("sizes").get<std::vector<std::int64_t>>(); }
inline std::int64_t product_of(std::vector<std::int64_t> const& sizes) {
  std::int64_t all = 1;
  for (auto const size : sizes) all *= size;
  return all;
}

/// Whether PyTorch answered with an exception.
inline bool raised(json const& answer) { return answer.is_object() && answer.contains("exc"); }

struct group {
  std::string name;
  std::int64_t size = 0;
};

/// The sizes of groups. The row of a functional operator has only the name of its group; rows whose group PyTorch found have the size. The
/// group "0" is the whole world. A name that PyTorch does not find has no size.
class known_groups {
 public:
  void learn(json const& row) {
    if (row.contains("pg") && !raised(row.at("pg"))) sizes_[{row.at("world"), row.at("pg").at("pg")}] = row.at("pg").at("size");
  }
  [[nodiscard]] std::optional<group> find(json const& row, json const& argument) const {
    if (argument.is_object()) return group{argument.at("pg"), argument.at("size")};
    std::string const name = argument;
    if (name == "0") return group{name, row.at("world")};
    auto const found = sizes_.find({row.at("world").get<int>(), name});
    return found == sizes_.end() ? std::nullopt : std::optional(group{name, found->second});
  }

 private:
  std::map<std::pair<int, std::string>, std::int64_t> sizes_;
};

struct call {
  json const& row;
  signature const& op;
  /// The arguments that the row gives. Those that it leaves to their defaults come last in the schema.
  std::vector<std::pair<parameter const*, json const*>> arguments;
  std::optional<group> ranks;

  call(json const& of, signature const& with, known_groups const& groups) : row(of), op(with) {
    json const& positional = row.at("args");
    for (std::size_t i = 0; i != op.parameters.size(); ++i) {
      parameter const& p = op.parameters[i];
      if (i < positional.size())
        arguments.emplace_back(&p, &positional.at(i));
      else if (row.contains("kwargs") && row.at("kwargs").contains(p.name))
        arguments.emplace_back(&p, &row.at("kwargs").at(p.name));
      else
        break;
    }
    for (auto const& [p, held] : arguments)
      if (p->type == kind::group) ranks = groups.find(row, *held);
  }

  [[nodiscard]] json const* find(std::string_view name) const {
    for (auto const& [p, held] : arguments)
      if (p->name == name) return held;
    return nullptr;
  }
  [[nodiscard]] json const& at(std::string_view name) const {
    json const* const found = find(name);
    if (found == nullptr) throw std::runtime_error("the row has no argument " + std::string(name) + ": " + row.dump());
    return *found;
  }
  [[nodiscard]] std::vector<json const*> all(kind type) const {
    std::vector<json const*> found;
    for (auto const& [p, held] : arguments)
      if (p->type == type) found.push_back(held);
    return found;
  }
  [[nodiscard]] std::vector<json const*> tensors() const {
    std::vector<json const*> found;
    for (auto const& [p, held] : arguments) collect_tensors(*held, found);
    return found;
  }

  [[nodiscard]] std::string name() const { return row.at("op"); }
  [[nodiscard]] bool functional() const { return name().rfind("c10d::", 0) != 0; }
  /// Whether PyTorch ran on real tensors, by a backend and not by its meta kernels.
  [[nodiscard]] bool real() const { return row.at("mode") == "cpu"; }
};

}  // namespace generator
