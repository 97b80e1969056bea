// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/properties/model.hpp
/// Random trees of tensors: their C++ types and values as text, and what is in them. Nothing here asks commfold, which the programs judge.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace properties {

/// Numbers of one seed, the same with every standard library.
class dice {
 public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  std::size_t between(std::size_t least, std::size_t most) { return least + below(most - least + 1); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  T const& any_of(std::vector<T> const& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

struct element {
  std::string constant;  ///< in commfold
  std::string name;      ///< PyTorch's
  std::size_t bytes;
};
inline std::vector<element> const elements = {
    {"f64", "float64", 8}, {"f32", "float32", 4}, {"f16", "float16", 2},        {"bf16", "bfloat16", 2}, {"i64", "int64", 8},
    {"i32", "int32", 4},   {"i16", "int16", 2},   {"u8", "uint8", 1},           {"c64", "complex64", 8}, {"c128", "complex128", 16},
    {"i8", "int8", 1},     {"u32", "uint32", 4},  {"f8e5m2", "float8_e5m2", 1},
};

using sizes = std::vector<std::size_t>;

/// A leaf of a value. One that is no tensor has no element.
struct leaf {
  element const* of = nullptr;
  sizes extents = {};
  std::size_t storage = 0;  ///< bytes; of a view, those of what it looks at

  [[nodiscard]] std::size_t payload() const {
    std::size_t bytes = of->bytes;
    for (std::size_t const extent : extents) bytes *= extent;
    return bytes;
  }
};

enum class kind {
  tensor,   ///< all extents in the type
  view,     ///< all in the type, over a larger or smaller storage
  partly,   ///< some extents in the value
  dynamic,  ///< everything in the value
  opaque,   ///< no tensor
  tuple,
  hana_tuple,
  pair,
  plain_struct,
  array,
  vector,
  list,
  deque,
  map,
  optional,
  shared,
  variant,
};

/// A type.
struct shape {
  kind is{};
  element const* of = nullptr;  ///< of a tensor whose dtype is in the type
  sizes extents = {};           ///< `dyn` where the value has it
  std::size_t count = 0;        ///< of an array; of a view, the bytes of its storage
  std::vector<shape> children = {};
  std::string text = {};  ///< in C++
};
inline constexpr std::size_t dyn = static_cast<std::size_t>(-1);

/// A value: an expression of its shape's type, and the leaves in their order.
struct value {
  std::string text;
  std::vector<leaf> leaves;
};

template <class List, class Text>
std::string joined(List const& list, Text text) {
  std::string all;
  for (auto const& one : list) all += (all.empty() ? "" : ", ") + text(one);
  return all;
}
inline std::string number(std::size_t n) { return n == dyn ? "cf::dyn" : std::to_string(n); }

/// Whether a tensor can be in a value of the type.
inline bool has_tensors(shape const& s) {
  if (s.is == kind::opaque) return false;
  return s.children.empty() ? s.is <= kind::dynamic : std::any_of(s.children.begin(), s.children.end(), has_tensors);
}
/// Whether the type tells the leaves and all their bytes.
inline bool is_fixed(shape const& s) {
  if (s.is == kind::partly || s.is == kind::dynamic || s.is > kind::array) return false;
  return std::all_of(s.children.begin(), s.children.end(), is_fixed);
}
/// Whether bytes are in the value alone. Of what may be there or not, neither is said.
inline bool is_run_time(shape const& s) {
  switch (s.is) {
    case kind::partly:
    case kind::dynamic:
      return true;
    case kind::vector:
    case kind::list:
    case kind::deque:
    case kind::map:
      return has_tensors(s);
    case kind::array:
      return s.count != 0 && is_run_time(s.children[0]);
    case kind::optional:
    case kind::shared:
    case kind::variant:
      return false;
    default:
      return std::any_of(s.children.begin(), s.children.end(), is_run_time);
  }
}
/// Whether a group of `ranks` divides dimension 0 of every tensor that the type alone tells of.
inline bool is_divided(shape const& s, std::size_t ranks) {
  if (s.is == kind::tensor || s.is == kind::view || s.is == kind::partly)
    return !s.extents.empty() && (s.extents[0] == dyn || s.extents[0] % ranks == 0);
  return std::all_of(s.children.begin(), s.children.end(), [&](shape const& child) { return is_divided(child, ranks); });
}

/// Makes types and values of one program.
class maker {
 public:
  explicit maker(dice& numbers) : dice_(numbers) {}

  /// The types that have children, each by a name of its own, in order.
  [[nodiscard]] std::string const& definitions() const { return definitions_; }

  /// A type with children, of at most this depth. `fixed` ones have everything in the type.
  shape any_tree(std::size_t depth, bool fixed) {
    static std::vector<kind> const products = {kind::tuple, kind::hana_tuple, kind::pair, kind::plain_struct, kind::array};
    static std::vector<kind> const all = {kind::tuple,    kind::hana_tuple, kind::pair,   kind::plain_struct, kind::plain_struct,
                                          kind::array,    kind::vector,     kind::list,   kind::deque,        kind::map,
                                          kind::optional, kind::shared,     kind::variant};
    shape s{.is = dice_.any_of(fixed ? products : all)};
    auto const child = [&] { return depth == 1 || dice_.one_in(5) ? any_leaf(fixed) : any_tree(depth - 1, fixed); };
    switch (s.is) {
      case kind::pair:
        s.children = {child(), child()};
        break;
      case kind::tuple:
      case kind::hana_tuple:
      case kind::plain_struct:
      case kind::variant:
        for (std::size_t n = dice_.between(2, 4); n != 0; --n) s.children.push_back(child());
        break;
      case kind::array:
        s.count = dice_.between(1, 3);
        [[fallthrough]];
      default:
        s.children.push_back(child());
    }
    s.text = defined(s);
    return s;
  }

  value any_value(shape const& s) {
    value v;
    auto const add = [&](shape const& child) {
      value const made = any_value(child);
      v.leaves.insert(v.leaves.end(), made.leaves.begin(), made.leaves.end());
      return made.text;
    };
    auto const add_each = [&](std::size_t n) {
      std::string all;
      for (std::size_t i = 0; i != n; ++i) all += (i == 0 ? "" : ", ") + add(s.children[0]);
      return all;
    };
    switch (s.is) {
      case kind::tensor:
        v.leaves.push_back(tensor_leaf(s.of, s.extents));
        v.text = s.text + "{}";
        break;
      case kind::view:
        v.leaves.push_back({s.of, s.extents, s.count});
        v.text = s.text + "{}";
        break;
      case kind::partly: {
        sizes extents = s.extents;
        std::vector<std::string> given;
        for (std::size_t& extent : extents)
          if (extent == dyn) {
            extent = dice_.between(0, 8);
            given.push_back(number(extent));
          }
        v.leaves.push_back(tensor_leaf(s.of, extents));
        v.text = s.text + "(" + joined(given, [](auto const& n) { return n; }) + ")";
        break;
      }
      case kind::dynamic: {
        element const* const of = &dice_.any_of(elements);
        sizes const extents = any_extents(8);
        v.leaves.push_back(tensor_leaf(of, extents));
        v.text = "cf::dynamic_tensor(cf::" + of->constant + ", {" + joined(extents, number) + "})";
        break;
      }
      case kind::opaque:
        v.leaves.push_back({});
        v.text = s.text + "(" + (s.text == "std::string" ? "\"s\"" : std::to_string(dice_.below(3))) + ")";
        break;
      case kind::tuple:
      case kind::hana_tuple:
      case kind::pair:
        v.text = s.text + "(" + joined(s.children, add) + ")";
        break;
      case kind::plain_struct:
        v.text = s.text + "{" + joined(s.children, add) + "}";
        break;
      case kind::array:
        v.text = s.text + "{{" + add_each(s.count) + "}}";
        break;
      case kind::vector:
      case kind::list:
      case kind::deque:
        v.text = s.text + "{" + add_each(dice_.below(4)) + "}";
        break;
      case kind::map:
        v.text = map_value(s, v.leaves);
        break;
      case kind::optional:
        v.text = dice_.one_in(3) ? s.text + "()" : s.text + "(std::in_place, " + add(s.children[0]) + ")";
        break;
      case kind::shared:
        v.text = dice_.one_in(3) ? s.text + "()" : "std::make_shared<" + s.children[0].text + ">(" + add(s.children[0]) + ")";
        break;
      case kind::variant: {
        std::size_t const held = dice_.below(s.children.size());
        v.text = s.text + "(std::in_place_index<" + number(held) + ">, " + add(s.children[held]) + ")";
        break;
      }
    }
    return v;
  }

 private:
  sizes any_extents(std::size_t most) {
    sizes extents(dice_.one_in(6) ? 0 : dice_.between(1, 3));
    for (std::size_t& extent : extents) extent = dice_.one_in(15) ? 0 : dice_.between(1, most);
    // Now and then, a tensor that a group divides.
    if (!extents.empty() && dice_.one_in(2)) extents[0] = 4 * dice_.between(1, 4);
    return extents;
  }

  static leaf tensor_leaf(element const* of, sizes const& extents) {
    leaf made{of, extents, 0};
    made.storage = made.payload();
    return made;
  }

  shape any_leaf(bool fixed) {
    std::size_t const which = dice_.below(fixed ? 5 : 8);
    shape s{.of = &dice_.any_of(elements)};
    if (which == 0) {
      static std::vector<std::string> const opaque = {"int", "double", "long", "mode", "std::string"};
      s = {.is = kind::opaque, .text = opaque[dice_.below(fixed ? 4 : 5)]};
    } else if (which == 1) {
      s.is = kind::view;
      view_shape(s);
    } else if (which < 5) {
      s.is = kind::tensor;
      s.extents = any_extents(8);
      s.text = "cf::tensor<cf::" + s.of->constant + (s.extents.empty() ? "" : ", ") + joined(s.extents, number) + ">";
    } else if (which < 7) {
      s.is = kind::partly;
      s.extents = any_extents(8);
      if (s.extents.empty()) s.extents = {dyn};
      s.extents[dice_.below(s.extents.size())] = dyn;
      s.text = "cf::tensor<cf::" + s.of->constant + ", " + joined(s.extents, number) + ">";
    } else {
      s = {.is = kind::dynamic, .text = "cf::dynamic_tensor"};
    }
    return s;
  }

  /// Rows of a wider buffer, or one row that is repeated without a copy.
  void view_shape(shape& s) {
    std::size_t const rows = dice_.between(1, 8);
    std::size_t const columns = dice_.between(1, 5);
    std::size_t const width = columns + dice_.below(4);
    bool const repeated = dice_.one_in(3);
    s.extents = {rows, columns};
    s.count = s.of->bytes * width * (repeated ? 1 : rows);
    s.text = "cf::view<cf::" + s.of->constant + ", cf::extents<" + joined(s.extents, number) + ">, cf::extents<" +
             (repeated ? "0" : number(width)) + ", 1>, " + number(s.count) + ">";
  }

  /// The keys in any order; a map sorts them.
  std::string map_value(shape const& s, std::vector<leaf>& leaves) {
    std::map<std::size_t, std::vector<leaf>> sorted;
    std::string entries;
    for (std::size_t n = dice_.below(4); n != 0; --n) {
      std::size_t const key = dice_.below(100);
      if (sorted.count(key) != 0) continue;
      value const held = any_value(s.children[0]);
      sorted[key] = held.leaves;
      entries += (entries.empty() ? "{" : ", {") + number(key) + ", " + held.text + "}";
    }
    for (auto const& [key, of] : sorted) leaves.insert(leaves.end(), of.begin(), of.end());
    return s.text + "{" + entries + "}";
  }

  /// Defines the type, and returns its name.
  std::string defined(shape const& s) {
    std::string const name = "type_" + number(types_++);
    if (s.is == kind::plain_struct) {
      definitions_ += "struct " + name + " {\n";
      for (std::size_t i = 0; i != s.children.size(); ++i) definitions_ += "  " + s.children[i].text + " field_" + number(i) + ";\n";
      definitions_ += "};\n";
    } else {
      static std::map<kind, std::string> const opens = {
          {kind::tuple, "std::tuple<"},       {kind::hana_tuple, "boost::hana::tuple<"},
          {kind::pair, "std::pair<"},         {kind::array, "std::array<"},
          {kind::vector, "std::vector<"},     {kind::list, "std::list<"},
          {kind::deque, "std::deque<"},       {kind::map, "std::map<int, "},
          {kind::optional, "std::optional<"}, {kind::shared, "std::shared_ptr<"},
          {kind::variant, "std::variant<"},
      };
      definitions_ += "using " + name + " = " + opens.at(s.is) + joined(s.children, [](shape const& child) { return child.text; }) +
                      (s.is == kind::array ? ", " + number(s.count) : "") + ">;\n";
    }
    return name;
  }

  dice& dice_;
  std::string definitions_;
  std::size_t types_ = 0;
};

}  // namespace properties
