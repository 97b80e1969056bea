// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/oracle.hpp
/// The measured rows: the files that they are read from, and their contents as values of the library.

#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <tests/support/rows_directory.hpp>

#include <catch2/catch_tostring.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oracle {
namespace cf = commfold;

/// The rows of a file, from where `path_of` finds it.
inline std::vector<json> rows(std::string const& file) { return rows_in(path_of(COMMFOLD_TEST_DATA, file).string()); }

/// Whether the rows of a file are those of tests/data, of which the tests know how many there are of each kind.
inline bool reads_own(std::string const& file) {
  return path_of(COMMFOLD_TEST_DATA, file) == std::filesystem::path(COMMFOLD_TEST_DATA) / file;
}

/// What is written in a way that the tests do not know is no value: an error that names it.
[[noreturn]] inline void refuse_encoding(json const& row) {
  throw std::runtime_error("oracle: nothing is known to be written as " + row.dump());
}

/// Whether a row is an object with these keys, and none besides them and the optional ones.
inline bool has_keys(json const& row, std::initializer_list<std::string_view> keys, std::initializer_list<std::string_view> optional = {}) {
  if (!row.is_object()) return false;
  for (std::string_view const key : keys)
    if (!row.contains(key)) return false;
  for (auto const& [key, held] : row.items())
    if (std::find(keys.begin(), keys.end(), key) == keys.end() && std::find(optional.begin(), optional.end(), key) == optional.end())
      return false;
  return true;
}

inline cf::dynamic_extents extents_of(json const& numbers) {
  auto const list = numbers.get<std::vector<std::size_t>>();
  return cf::dynamic_extents(list.data(), list.size());
}

/// Whether this is how a row writes a tensor.
inline bool is_tensor(json const& row) {
  return has_keys(row, {"dtype", "sizes", "strides", "offset", "storage", "nbytes"}, {"cls", "own_storage_nbytes"});
}

/// The number of its storage and the offset in it are left out: no size depends on them.
inline cf::dynamic_tensor tensor_of(json const& row, std::size_t storage) {
  if (!is_tensor(row)) refuse_encoding(row);
  return {cf::dtype_from_name(row.at("dtype").get<std::string>()), extents_of(row.at("sizes")), extents_of(row.at("strides")), storage};
}
inline cf::dynamic_tensor tensor_of(json const& row) { return tensor_of(row, row.at("nbytes").get<std::size_t>()); }

inline cf::reduce_op reduce_op_of(std::string const& wanted) {
  for (cf::reduce_op const op : cf::all_reduce_ops)
    if (name(op) == wanted) return op;
  throw std::runtime_error("oracle: no reduce_op is called " + wanted);
}

/// A key of a dict. A key that is neither a string nor an integer becomes the text that Python prints for it.
inline cf::dict_key key_of(json const& key) {
  if (key.is_number_integer()) return key.get<std::int64_t>();
  if (key.is_boolean()) return key.get<bool>() ? "True" : "False";
  if (key.is_null()) return "None";
  return key.is_string() ? key.get<std::string>() : key.dump();
}

/// An argument or a result of an operator, as the rows write it. A structseq of PyTorch's (`torch.return_types.max`) is a tuple whose
/// fields have names as well. Every work has the id 0: see `without_ids`.
inline cf::dynamic_value value_of(json const& row) {
  auto const each = [](json const& list) {
    if (!list.is_array()) refuse_encoding(list);
    std::vector<cf::dynamic_value> elements;
    for (json const& element : list) elements.push_back(value_of(element));
    return elements;
  };
  if (row.is_null()) return {};
  if (row.is_boolean()) return row.get<bool>();
  if (row.is_number_integer())
    return row.is_number_unsigned() ? cf::dynamic_value(row.get<std::uint64_t>()) : cf::dynamic_value(row.get<std::int64_t>());
  if (row.is_number_float()) return row.get<double>();
  if (row.is_string()) return row.get<std::string>();
  if (row.is_array()) return cf::dynamic_value::list_of(each(row));
  if (is_tensor(row)) return tensor_of(row);
  if (has_keys(row, {"tuple"})) return cf::dynamic_value::tuple_of(each(row.at("tuple")));
  if (has_keys(row, {"structseq", "items"})) return cf::dynamic_value::tuple_of(each(row.at("items")));
  if (has_keys(row, {"pg", "size"}, {"boxed"}))
    return cf::dynamic_group(row.at("pg").get<std::string>(), row.at("size").get<std::size_t>());
  if (has_keys(row, {"reduce_op"})) return reduce_op_of(row.at("reduce_op").get<std::string>());
  if (has_keys(row, {"work"}) && row.at("work") == "FakeWork") return cf::fake_work<>(0);
  if (has_keys(row, {"dict"}) && row.at("dict").is_object()) {
    std::vector<cf::dictionary::entry> entries;
    for (auto const& [key, held] : row.at("dict").items()) entries.emplace_back(key, value_of(held));
    return cf::dynamic_value::dict(std::move(entries));
  }
  refuse_encoding(row);
}

/// The value with the id 0 for every work. The rows do not tell which call made a work, and so have no ids to compare.
inline cf::dynamic_value without_ids(cf::dynamic_value const& v) {
  return cf::tree_map_only(cf::is_type<cf::fake_work<>>, [](cf::fake_work<> const&) { return cf::fake_work<>(0); }, v);
}

/// A pytree of torch_tree_map_only. Classes that our values do not have are replaced: a container by the one that is most like it, a leaf
/// of pytree by a string. `stands_for` has what the row wrote for each of them, by its path.
struct pytree {
  cf::dynamic_value held;
  std::map<std::string, json> stands_for;

  /// Whether a class that the row writes under the key `how`, with `what` among its properties, was replaced.
  [[nodiscard]] bool holds(std::string const& how, std::string const& what = "") const {
    for (auto const& [path, row] : stands_for)
      if (row.contains(how) && (what.empty() || row.at(how).contains(what))) return true;
    return false;
  }
};

namespace detail {

class pytree_reader {
 public:
  [[nodiscard]] cf::dynamic_value read(std::string const& path, json const& row) {
    if (!row.is_object() || row.empty()) refuse_encoding(row);
    json const& held = row.begin().value();
    std::string const& how = row.begin().key();
    check_keys(how, row);
    if (how == "none") return {};
    if (how == "bool") return held.get<bool>();
    if (how == "int") return value_of(held);
    if (how == "float") return held.get<double>();
    if (how == "str") return held.get<std::string>();
    if (how == "tensor") return tensor(path, row);
    if (how == "list") return cf::dynamic_value::list_of(each(path, held));
    if (how == "tuple") return cf::dynamic_value::tuple_of(each(path, held));
    if (how == "dict") return entries(path, held);
    stands_for.emplace(path, row);
    if (how == "structseq") return cf::dynamic_value::tuple_of(each(path, row.at("items")));
    if (how == "deque") return cf::dynamic_value::list_of(each(path, held));
    if (how == "custom_registered") return cf::dynamic_value::list_of(each(path, row.at("children")));
    if (how == "torch_size") return cf::dynamic_value::tuple_of(value_of(held).as_list());
    if (how == "ordered_dict" || how == "default_dict") return entries(path, held);
    if (how == "namedtuple") return entries(path, row.at("fields"));
    if (how == "dataclass" && row.at("registered") == true) return entries(path, without_none(row.at("fields")));
    return row.dump();  // a leaf of pytree: `opaque`, or a dataclass that is not registered
  }

  std::map<std::string, json> stands_for;

 private:
  /// Refuses a class that no row was known to have, and one with other properties than it had.
  static void check_keys(std::string const& how, json const& row) {
    static std::map<std::string_view, std::set<std::string_view>> const beside = {
        {"none", {}},
        {"bool", {}},
        {"int", {}},
        {"float", {}},
        {"str", {}},
        {"tensor", {}},
        {"list", {}},
        {"tuple", {}},
        {"dict", {}},
        {"ordered_dict", {}},
        {"torch_size", {}},
        {"deque", {"maxlen"}},
        {"default_dict", {"factory"}},
        {"structseq", {"items"}},
        {"namedtuple", {"bases", "fields"}},
        {"dataclass", {"registered", "fields"}},
        {"custom_registered", {"children"}},
        // What PyTorch does not look into, in the words of whoever measured it.
        {"opaque", {"n", "children", "repr", "fields", "items"}},
    };
    auto const known = beside.find(how);
    if (known == beside.end()) refuse_encoding(row);
    for (auto const& [key, held] : row.items())
      if (key != how && !known->second.contains(key)) refuse_encoding(row);
  }

  /// A tensor that wraps another one has the bytes of its own storage, or 0 where it has none. A row without a dtype has only that number:
  /// any tensor of as many bytes will do.
  cf::dynamic_value tensor(std::string const& path, json const& row) {
    json const& held = row.begin().value();
    if (!is_tensor(held) && !has_keys(held, {"cls"}, {"own_storage_nbytes", "exc"})) refuse_encoding(row);
    std::size_t storage = held.value("nbytes", std::size_t{0});
    if (held.contains("own_storage_nbytes") && held.at("own_storage_nbytes").is_number()) storage = held.at("own_storage_nbytes");
    if (held.contains("dtype")) return tensor_of(held, storage);
    stands_for.emplace(path, row);
    return cf::dynamic_tensor(cf::u8, {storage});
  }

  std::vector<cf::dynamic_value> each(std::string const& path, json const& list) {
    std::vector<cf::dynamic_value> elements;
    for (json const& element : list) elements.push_back(read(path + "[" + std::to_string(elements.size()) + "]", element));
    return elements;
  }

  cf::dynamic_value entries(std::string const& path, json const& pairs) {
    std::vector<cf::dictionary::entry> made;
    for (json const& pair : pairs) {
      cf::dict_key const key = key_of(pair.at(0));
      made.emplace_back(key, read(path + "[" + to_string(key) + "]", pair.at(1)));
    }
    return cf::dynamic_value::dict(std::move(made));
  }

  /// The children of a registered dataclass: its fields without those that are None.
  static json without_none(json const& fields) {
    json kept = json::array();
    for (json const& field : fields)
      if (!field.at(1).contains("none")) kept.push_back(field);
    return kept;
  }
};

}  // namespace detail

inline pytree pytree_of(json const& row) {
  detail::pytree_reader reader;
  cf::dynamic_value held = reader.read("", row);
  return {std::move(held), std::move(reader.stands_for)};
}

/// For messages: `[u8[4], ["a": 1], ("sum", none)]`.
inline std::string text_of(cf::dynamic_value const& v) {
  using kind = cf::value_kind;
  auto const joined = [](auto const& list, auto const& text) {
    std::string all;
    for (auto const& one : list) all += (all.empty() ? "" : ", ") + text(one);
    return all;
  };
  auto const sizes = [](cf::dynamic_extents const& extents) {
    std::string all;
    for (std::size_t r = 0; r < extents.rank(); ++r) all += (r == 0 ? "" : ", ") + std::to_string(extents.extent(r));
    return "[" + all + "]";
  };
  switch (v.kind()) {
    case kind::none:
      return "none";
    case kind::truth:
      return v.as_bool() ? "true" : "false";
    case kind::integer:
      return std::to_string(v.as_integer());
    case kind::real:
      return std::to_string(v.as_double());
    case kind::string:
      return '"' + v.as_string() + '"';
    case kind::tensor:
      return std::string(cf::name(v.as_tensor().dtype())) + sizes(v.as_tensor().extents()) + " strides " + sizes(v.as_tensor().strides()) +
             " of " + std::to_string(v.as_tensor().storage_bytes()) + " B";
    case kind::group:
      return "group '" + std::string(v.as_group().name()) + "' of " + std::to_string(v.as_group().size);
    case kind::reduce_op:
      return std::string(name(v.as_reduce_op()));
    case kind::work:
      return "work " + std::to_string(v.as_work().seq_id());
    case kind::list:
      return "[" + joined(v.as_list(), text_of) + "]";
    case kind::tuple:
      return "(" + joined(v.as_tuple(), text_of) + ")";
    case kind::dict:
      return "{" + joined(v.as_dict(), [](auto const& entry) { return to_string(entry.first) + ": " + text_of(entry.second); }) + "}";
  }
  return "?";
}

}  // namespace oracle

template <>
struct Catch::StringMaker<commfold::dynamic_value> {
  static std::string convert(commfold::dynamic_value const& v) { return oracle::text_of(v); }
};
