// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/signature.hpp
/// The signatures of operators from PyTorch's own table (torch_table.json). Nothing here asks commfold, which the result is to judge.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

using json = nlohmann::ordered_json;

enum class kind { tensor, optional_tensor, tensor_list, tensor_lists, group, reduce_op, integer, integers, flag, texts };

struct parameter {
  kind type{};
  std::string name;
};

struct signature {
  std::vector<parameter> parameters;
  std::string returned;   ///< what follows the arrow of the schema
  std::string comm_rule;  ///< what PyTorch's size function does; empty where it raises
  bool sync = false;      ///< a barrier, or a wait: it has no size

  [[nodiscard]] bool has(std::string_view name) const {
    return std::any_of(parameters.begin(), parameters.end(), [&](parameter const& p) { return p.name == name; });
  }
  [[nodiscard]] auto count(kind type) const {
    return std::count_if(parameters.begin(), parameters.end(), [&](parameter const& p) { return p.type == type; });
  }
};

using signatures = std::map<std::string, signature>;

namespace detail {

inline kind kind_of(std::string const& type, std::string const& name) {
  if (type == "ProcessGroup" || name == "group_name") return kind::group;
  if (type == "ReduceOp" || name == "reduce_op") return kind::reduce_op;
  static std::map<std::string, kind> const kinds = {
      {"Tensor", kind::tensor}, {"Tensor?", kind::optional_tensor}, {"Tensor[]", kind::tensor_list}, {"Tensor[][]", kind::tensor_lists},
      {"int", kind::integer},   {"int[]", kind::integers},          {"SymInt[]", kind::integers},    {"bool", kind::flag},
      {"str[]", kind::texts},
  };
  return kinds.at(type);
}

inline std::string without(std::string text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
  return text;
}

/// `name(Tensor input, int group_size, *, Tensor(a!) out) -> Tensor(a!)`
inline signature read(std::string schema) {
  schema = without(without(schema, "__torch__.torch.classes.c10d."), "(a!)");
  auto const open = schema.find('(');
  auto const close = schema.find(") -> ");
  signature s;
  s.returned = schema.substr(close + 5);
  std::string list = schema.substr(open + 1, close - open - 1) + ", ";
  for (std::size_t end = list.find(", "); end != std::string::npos; end = list.find(", ")) {
    std::string const one = list.substr(0, end);
    list.erase(0, end + 2);
    if (one.empty() || one == "*") continue;
    auto const space = one.find(' ');
    std::string const name = one.substr(space + 1, one.find('=') - space - 1);
    s.parameters.push_back({kind_of(one.substr(0, space), name), name});
  }
  return s;
}

}  // namespace detail

inline signatures signatures_of(json const& table) {
  signatures all;
  for (auto const& [name, told] : table.at("ops").items()) {
    signature s = detail::read(told.at("schema"));
    s.comm_rule = told.at("comm_rule").is_null() || told.at("get_comm_tensor_size") != "ok" ? "" : told.at("comm_rule").get<std::string>();
    s.sync = told.at("sync");
    all.emplace(name, std::move(s));
  }
  return all;
}

}  // namespace generator
