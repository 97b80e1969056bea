// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/spelling.hpp
/// The values of a row written in C++: `typed`, with everything in the types, or `dynamic`, with everything in the values.

#include "call.hpp"
#include "rules.hpp"

#include <tests/support/fresh_strides.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace generator {

template <class List, class Text>
std::string joined(List const& list, Text text) {
  std::string all;
  for (auto const& one : list) all += (all.empty() ? "" : ", ") + text(one);
  return all;
}
inline std::string number(json const& n) { return n.dump(); }
inline std::string quoted(std::string const& text) { return '"' + text + '"'; }
inline std::string dtype(json const& tensor) {
  std::string const name = tensor.at("dtype");
  return "dtype::" + (name == "bool" ? "boolean" : name);
}
inline std::string reduce_op(std::string const& name, bool known) {
  return known ? "reduce_op::" + name : "std::string_view{" + quoted(name) + "}";
}

/// The name of the operator's object: `_dtensor::shard_dim_alltoall.default` is `dtensor::shard_dim_alltoall`.
inline std::string operator_named(std::string name) {
  if (name[0] == '_') name.erase(0, 1);
  return name.substr(0, name.rfind('.'));
}

/// Whether the tensor is contiguous and its storage just large enough. Of a dtype that is not listed, this is not known: it is written as a
/// view.
inline bool owns_its_storage(json const& tensor) {
  static std::map<std::string, std::int64_t> const bytes = {
      {"bool", 1},     {"uint8", 1}, {"int8", 1},    {"float8_e4m3fn", 1}, {"float8_e5m2", 1}, {"int16", 2},     {"float16", 2},
      {"bfloat16", 2}, {"int32", 4}, {"float32", 4}, {"int64", 8},         {"float64", 8},     {"complex64", 8}, {"complex128", 16},
  };
  auto const found = bytes.find(tensor.at("dtype"));
  return fresh_strides::is_contiguous(tensor) && found != bytes.end() &&
         tensor.at("nbytes") == found->second * product_of(sizes_of(tensor));
}

/// A type with the dtype, sizes, strides and storage of a tensor.
inline std::string type_of_tensor(json const& tensor) {
  std::string const sizes = joined(tensor.at("sizes"), number);
  if (owns_its_storage(tensor)) return "tensor<" + dtype(tensor) + (sizes.empty() ? "" : ", " + sizes) + ">";
  return "view<" + dtype(tensor) + ", extents<" + sizes + ">, extents<" + joined(tensor.at("strides"), number) + ">, " +
         number(tensor.at("nbytes")) + ">";
}

inline std::string typed_group(group const& g) { return "process_group<" + quoted(g.name) + ", " + std::to_string(g.size) + ">"; }

/// Writes the values of a row with everything in their types. A list is an array where all tensors are of one type, else a tuple. A None in
/// a list is left out: PyTorch returns one for a batch of no operations.
class typed {
 public:
  /// The entries of a tuple, or of one whose fields have names as well. Nothing else is known to be written as an object.
  [[nodiscard]] static json const& entries(json const& held) {
    if (held.size() == 1 && held.contains("tuple")) return held.at("tuple");
    if (held.size() == 2 && held.contains("structseq") && held.contains("items")) return held.at("items");
    throw std::runtime_error("nothing is known to be written as " + held.dump());
  }

  [[nodiscard]] static std::string type(json const& held) {
    if (held.is_null()) return "std::nullopt_t";
    if (held.is_object() && held.contains("dtype")) return type_of_tensor(held);
    if (held.is_object() && held.contains("work")) return "fake_work<>";
    if (held.is_object()) return "std::tuple<" + joined(entries(held), type) + ">";
    std::vector<std::string> types;
    for (json const& element : held)
      if (!element.is_null()) types.push_back(type(element));
    if (types.empty() || std::any_of(types.begin(), types.end(), [&](auto const& t) { return t != types[0]; }))
      return "std::tuple<" + joined(types, [](auto const& t) { return t; }) + ">";
    return "std::array<" + types[0] + ", " + std::to_string(types.size()) + ">";
  }

  /// A value that the operator returned. A work cannot be default-constructed.
  [[nodiscard]] static std::string result(json const& held) {
    if (held.is_null()) return "std::nullopt";
    if (held.is_object() && held.contains("work")) return "fake_work<>(0)";
    if (held.is_object() && !held.contains("dtype")) return "std::make_tuple(" + joined(entries(held), result) + ")";
    return type(held) + "{}";
  }

  /// Sizes of dimensions, and dimensions, must be constants for a static result; other numbers need not be.
  [[nodiscard]] static std::string argument(call const& c, parameter const& p, json const& held) {
    static std::set<std::string> const shaping = {"group_size", "gather_dim", "shard_dim"};
    switch (p.type) {
      case kind::group:
        return typed_group(c.ranks.value_or(group{held.is_string() ? held : held.at("pg"), c.row.at("world")})) + "{}";
      case kind::integer:
        return shaping.count(p.name) != 0 && held >= 0 ? "size_c<" + number(held) + ">" : number(held);
      case kind::flag:
        return number(held);
      case kind::integers:
        return "std::array<std::int64_t, " + std::to_string(held.size()) + ">{" + joined(held, number) + "}";
      case kind::texts:
        return "std::array<std::string_view, " + std::to_string(held.size()) + ">{" + joined(held, number) + "}";
      case kind::reduce_op:
        return reduce_op(held.is_object() ? held.at("reduce_op") : held, !refusals::unknown_reduce_op(c));
      default:
        return held.is_null() ? "std::nullopt" : type(held) + "{}";
    }
  }
};

/// Writes the values of a row with nothing in their types, so that a refusal is an exception and not a failed assertion in the library.
class dynamic {
 public:
  [[nodiscard]] static std::string value(json const& tensor) {
    return "dynamic_tensor(" + dtype(tensor) + ", {" + joined(tensor.at("sizes"), number) + "}, {" + joined(tensor.at("strides"), number) +
           "}, " + number(tensor.at("nbytes")) + ")";
  }
  [[nodiscard]] static std::string list(json const& tensors) { return "std::vector<dynamic_tensor>{" + joined(tensors, value) + "}"; }

  [[nodiscard]] static std::string argument(call const& c, parameter const& p, json const& held) {
    switch (p.type) {
      case kind::group: {
        group const g = c.ranks.value_or(group{held.is_string() ? held : held.at("pg"), c.row.at("world")});
        return "process_group<" + quoted(g.name) + ">(" + std::to_string(g.size) + ")";
      }
      case kind::tensor:
      case kind::optional_tensor:
        return held.is_null() ? "std::nullopt" : value(held);
      case kind::tensor_list:
        return list(held);
      case kind::tensor_lists:
        return "std::vector<std::vector<dynamic_tensor>>{" + joined(held, list) + "}";
      case kind::integer:
        return number(held);
      case kind::integers:
        return "std::vector<std::int64_t>{" + joined(held, number) + "}";
      case kind::texts:
        return "std::vector<std::string_view>{" + joined(held, number) + "}";
      default:
        return typed::argument(c, p, held);
    }
  }
};

template <class Spelling>
std::string arguments_of(call const& c) {
  return joined(c.arguments, [&](auto const& argument) { return Spelling::argument(c, *argument.first, *argument.second); });
}

}  // namespace generator
