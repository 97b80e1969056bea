// SPDX-License-Identifier: BSL-1.0
// Pytrees against what PyTorch's own utilities made of them: every row of torch_tree_map_only.jsonl.
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tree.hpp>

#include <tests/support/each_row.hpp>
#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cf = commfold;

namespace {

using oracle::json;
using oracle::pytree;

// Where we differ on purpose. Each rule says by what a row shows, never by its name, and what of such a row is still compared.
enum class rule { container_class, leaf_class, key_class, refused_bytes, refused_paths };
constexpr std::string_view words[] = {
    "a container of a class that no value has (deque, OrderedDict, a namedtuple, ...) is the list, tuple or dict with its children: all is "
    "compared, with the class and what belongs to it read from the row",
    "a leaf of a class that no value has (a set, a dtype, a subclass of list, ...) is a string: all is compared but the name of its class",
    "a key that is neither a string nor an integer is its text: all is compared, with the key as PyTorch prints it",
    "PyTorch raises where a tensor has no storage (sparse), and ours always has one, here of 0 bytes: all is compared but the bytes",
    "PyTorch raises where a registered class did not say how to spell paths, and ours always can: all is compared but the paths",
};

/// The classes of one row, and the rules that it needed.
class reader {
 public:
  reader(json const& row, pytree const& tree) : row_(row), tree_(tree) {}

  /// What PyTorch prints of a tree's structure.
  std::string spec(cf::dynamic_value const& v, std::string const& path = "", std::size_t indent = 0) {
    if (is_leaf(v)) return "*";
    std::string text = "TreeSpec(" + class_of(v, path) + ", [";
    bool first = true;
    for (auto const& [step, child] : children(v)) {
      if (!first) text += ",\n" + std::string(indent + 2, ' ');
      text += spec(*child, path + step, indent + 2);
      first = false;
    }
    return text + "])";
  }

  /// `[0]['a'].x`
  std::string path(cf::tree_path const& path) {
    std::string text;
    cf::tree_path above;
    for (cf::path_step const& step : path) {
      json const* const parent = stands_for(above);
      std::string const key(step.key.begin(), step.key.end());
      if (step.how == cf::path_step::by::position)
        text += "[" + std::to_string(step.position) + "]";
      else if (parent != nullptr && parent->contains("fields"))
        text += "." + key.substr(1, key.size() - 2);
      else
        text += "[" + (key.front() == '"' ? spelled(key.substr(1, key.size() - 2)) : key) + "]";
      above.push_back(step);
    }
    return text;
  }

  /// Null where the leaf is of a class that no value has.
  template <class Leaf>
  char const* kind(cf::tree_path const& path, Leaf const&) {
    if constexpr (std::is_same_v<Leaf, cf::dynamic_value::none>)
      return "NoneType";
    else if constexpr (std::is_same_v<Leaf, bool>)
      return "bool";
    else if constexpr (std::is_same_v<Leaf, std::int64_t>)
      return "int";
    else if constexpr (std::is_same_v<Leaf, double>)
      return "float";
    else if constexpr (std::is_same_v<Leaf, cf::dynamic_tensor>)
      return "tensor";
    else if constexpr (std::is_same_v<Leaf, std::string>)
      return stands_for(path) == nullptr ? "str" : nullptr;
    else
      return "?";
  }

  void departs(rule r) { departures_[r] = true; }
  [[nodiscard]] std::map<rule, bool> const& departures() const { return departures_; }

  [[nodiscard]] static std::vector<std::pair<std::string, cf::dynamic_value const*>> children(cf::dynamic_value const& v) {
    std::vector<std::pair<std::string, cf::dynamic_value const*>> found;
    if (v.is(cf::value_kind::dict)) {
      for (auto const& [key, held] : v.as_dict()) found.emplace_back("[" + to_string(key) + "]", &held);
    } else if (!is_leaf(v)) {
      for (cf::dynamic_value const& held : v.elements()) found.emplace_back("[" + std::to_string(found.size()) + "]", &held);
    }
    return found;
  }

  [[nodiscard]] static std::size_t nodes(cf::dynamic_value const& v) {
    std::size_t n = 1;
    for (auto const& [step, child] : children(v)) n += nodes(*child);
    return n;
  }

 private:
  [[nodiscard]] static bool is_leaf(cf::dynamic_value const& v) {
    return !v.is(cf::value_kind::list) && !v.is(cf::value_kind::tuple) && !v.is(cf::value_kind::dict);
  }

  [[nodiscard]] json const* stands_for(cf::tree_path const& path) const { return stands_for(path.empty() ? "" : to_string(path)); }
  [[nodiscard]] json const* stands_for(std::string const& path) const {
    auto const found = tree_.stands_for.find(path);
    return found == tree_.stands_for.end() ? nullptr : &found->second;
  }

  /// The class of a node, and what PyTorch keeps of it beside its children.
  std::string class_of(cf::dynamic_value const& v, std::string const& path) {
    json const* const other = stands_for(path);
    if (other == nullptr)
      return v.is(cf::value_kind::list) ? "list, None" : v.is(cf::value_kind::tuple) ? "tuple, None" : "dict, " + keys(v.as_dict());
    departs(rule::container_class);
    std::string const how = other->begin().key();
    json const& held = other->begin().value();
    if (how == "deque") return "deque, " + (other->at("maxlen").is_null() ? "None" : other->at("maxlen").dump());
    if (how == "ordered_dict") return "OrderedDict, " + keys(v.as_dict());
    if (how == "default_dict") return "defaultdict, [" + factory() + ", " + keys(v.as_dict()) + "]";
    if (how == "namedtuple") return "namedtuple, <class '__main__." + held.get<std::string>() + "'>";
    if (how == "structseq") return held.get<std::string>().substr(held.get<std::string>().rfind('.') + 1) + ", None";
    if (how == "torch_size") return "Size, None";
    if (how == "dataclass") return held.get<std::string>() + ", [" + keys(v.as_dict()) + ", " + fields_of_none(other->at("fields")) + "]";
    return held.get<std::string>() + ", None";
  }

  /// The factory of a defaultdict is a function, of which the row has no more than this name.
  [[nodiscard]] std::string factory() const {
    std::string const spec = row_.at("spec");
    std::string_view const opening = "TreeSpec(defaultdict, [";
    std::size_t const at = spec.find(opening) + opening.size();
    return spec.substr(at, spec.find(", [", at) - at);
  }

  std::string keys(cf::dictionary const& entries) {
    std::string all;
    for (auto const& [key, held] : entries)
      all += (all.empty() ? "" : ", ") + (key.integer() != nullptr ? to_string(key) : spelled(*key.text()));
    return "[" + all + "]";
  }

  std::string fields_of_none(json const& fields) {
    std::string all;
    for (json const& field : fields)
      if (field.at(1).contains("none")) all += (all.empty() ? "" : ", ") + spelled(field.at(0).get<std::string>());
    return "[" + all + "]";
  }

  /// A string as Python prints it. What PyTorch does not put in quotes was no string.
  std::string spelled(std::string const& text) {
    char const quote = text.find('\'') == std::string::npos || text.find('"') != std::string::npos ? '\'' : '"';
    std::string quoted(1, quote);
    for (char const c : text) {
      if (c == '\\' || c == quote || c == '\n' || c == '\t') quoted += '\\';
      quoted += c == '\n' ? 'n' : c == '\t' ? 't' : c;
    }
    quoted += quote;
    if (row_.at("spec").get<std::string>().find(quoted) != std::string::npos) return quoted;
    departs(rule::key_class);
    return text;
  }

  json const& row_;
  pytree const& tree_;
  std::map<rule, bool> departures_;
};

json measured_kind(json const& kind) {
  for (char const* const ours : {"NoneType", "bool", "int", "float", "str", "tensor"})
    if (kind == ours) return kind;
  return nullptr;  // some class that no value has
}

void compare_leaves(json const& row, pytree const& tree, reader& read) {
  json kinds = json::array(), paths = json::array(), measured = json::array();
  cf::tree_for_each_with_path(
      [&](cf::tree_path const& path, auto const& leaf) {
        char const* const kind = read.kind(path, leaf);
        kinds.push_back(kind == nullptr ? json() : json(kind));
        if (kind == nullptr) read.departs(rule::leaf_class);
        paths.push_back(read.path(path));
      },
      tree.held);
  for (json const& kind : row.at("leaf_kinds")) measured.push_back(measured_kind(kind));
  CHECK(cf::tree_leaves(tree.held).size() == row.at("num_leaves"));
  CHECK(kinds == measured);
  if ((tree.holds("custom_registered") || tree.holds("structseq")) && !row.at("paths").is_array())
    read.departs(rule::refused_paths);
  else if (!row.at("paths").is_null())  // too many to be written down
    CHECK(paths == row.at("paths"));
}

/// Equal, save where PyTorch raised since a tensor has no storage.
void compare_bytes(json const& ours, json const& measured, pytree const& tree, reader& read) {
  if (tree.holds("tensor", "exc") && !measured.is_number())
    read.departs(rule::refused_bytes);
  else
    CHECK(ours == measured);
}

void compare_map(json const& row, pytree const& tree, reader& read) {
  std::vector<std::size_t> calls;
  cf::dynamic_value const mapped = cf::tree_map_only(
      cf::is_tensor, [&](auto const& t) { return calls.push_back(cf::sum_bytes(t)), "T" + std::to_string(calls.size()); }, tree.held);
  CHECK(mapped == oracle::pytree_of(row.at("mapped")).held);
  CHECK((cf::tree_structure(mapped) == cf::tree_structure(tree.held)) == row.at("mapped_same_type"));
  CHECK(calls.size() == row.at("n_tensor_calls"));
  CHECK(calls.size() == row.at("calls_nbytes").size());
  for (std::size_t n = 0; n < std::min(calls.size(), row.at("calls_nbytes").size()); ++n)
    compare_bytes(calls[n], row.at("calls_nbytes")[n], tree, read);
  compare_bytes(std::size_t{cf::sum_tensors(tree.held)}, row.at("sum_tensors"), tree, read);
}

/// Python's bool is an int.
void compare_plus_1(json const& row, pytree const& tree, reader& read) {
  cf::dynamic_value const plus_1 =
      cf::tree_map_only(cf::is_type<std::int64_t, bool>, [](auto n) { return static_cast<std::int64_t>(n) + 1; }, tree.held);
  std::size_t at = 0;
  cf::tree_for_each_with_path(
      [&]<class Leaf>(cf::tree_path const& path, Leaf const& leaf) {
        json const& measured = row.at("int_plus_1").at(at++);
        if constexpr (std::is_same_v<Leaf, cf::dynamic_value::none>)
          CHECK(measured.is_null());
        else if constexpr (std::is_same_v<Leaf, cf::dynamic_tensor>)
          CHECK(measured == "Tensor");
        else if constexpr (std::is_arithmetic_v<Leaf> || std::is_same_v<Leaf, std::string>)
          CHECK((read.kind(path, leaf) == nullptr || json(leaf) == measured));
        else
          FAIL_CHECK("no such leaf is in these rows");
      },
      plus_1);
  CHECK(at == row.at("int_plus_1").size());
}

}  // namespace

TEST_CASE("every pytree that PyTorch was asked about", "[tree][torch]") {
  std::vector<json> const rows = oracle::rows("torch_tree_map_only.jsonl");
  std::map<rule, std::size_t> departing;
  std::size_t compared = 0, with_plus_1 = 0;
  oracle::compare_each(rows, [&](json const& row) {
    ++compared;
    pytree const tree = oracle::pytree_of(row.at("tree"));
    reader read(row, tree);
    CHECK(read.spec(tree.held) == row.at("spec").get<std::string>());
    CHECK(reader::nodes(tree.held) == row.at("num_nodes"));
    CHECK(reader::children(tree.held).size() == row.at("num_children"));
    compare_leaves(row, tree, read);
    compare_map(row, tree, read);
    if (row.contains("int_plus_1")) {
      compare_plus_1(row, tree, read);
      ++with_plus_1;
    }
    auto const [leaves, structure] = cf::tree_flatten(tree.held);
    CHECK(cf::tree_unflatten(structure, leaves) == tree.held);
    for (auto const& [why, unused] : read.departures()) ++departing[why];
  });
  std::cout << "torch_tree_map_only: " << compared << " of " << rows.size() << " rows compared, " << with_plus_1 << " with int_plus_1\n";
  for (auto const& [why, count] : departing) std::cout << "  " << count << " rows: " << words[static_cast<std::size_t>(why)] << "\n";
  CHECK(compared == rows.size());
}
