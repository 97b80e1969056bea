// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/instantiations.hpp
/// How often clang instantiated each template: read from its time trace, which holds each class and function, and from its statistics,
/// which hold the number of variables. The numbers are the same in every run.

#include <nlohmann/json.hpp>

#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

/// The number of instantiations by the name of the template.
using instantiations = std::map<std::string, long>;

/// All variable templates together, which the time trace does not tell apart.
inline constexpr char const* variable_templates = "(variable templates)";

inline long total(instantiations const& counts) {
  long all = 0;
  for (auto const& [name, count] : counts) all += count;
  return all;
}

namespace detail {

/// Whether more brackets close than open.
inline bool closes_more(std::string_view text) {
  long open = 0;
  for (char const c : text) open += c == '<' ? 1 : c == '>' ? -1 : 0;
  return open < 0;
}

}  // namespace detail

/// `a<int>::b<(c > 1)>::operator< <d>` without its arguments: `a::b::operator<`. A lambda loses its file and line, which depend on the
/// machine.
inline std::string without_arguments(std::string_view name) {
  std::string bare;
  std::size_t depth = 0;
  long parentheses = 0;
  constexpr std::string_view op = "operator";
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (depth == 0 && name.substr(i).starts_with(op) && (i == 0 || name[i - 1] == ':' || name[i - 1] == ' ')) {
      bare += op;
      i += op.size();
      // Brackets behind `operator` are its name and open no arguments: `<`, `<<`, `<=>`, `->`, `()`.
      for (std::string_view const symbol : {"<=>", "<<=", ">>=", "->*", "<<", ">>", "<=", ">=", "->", "()", "<", ">"})
        if (name.substr(i).starts_with(symbol)) {
          // `operator<` of <int> is written `operator<<int>`: if a bracket closes later that nothing opened, the second `<` opened the
          // arguments.
          if (symbol == "<<" && detail::closes_more(name.substr(i + 2))) continue;
          bare += symbol;
          i += symbol.size();
          break;
        }
      --i;
      continue;
    }
    if (std::string_view const rest = name.substr(i);
        depth == 0 && (rest.starts_with("(lambda at ") || rest.starts_with("(anonymous class at "))) {
      std::size_t const end = rest.find(')');
      bare += "(lambda)";
      if (end == std::string_view::npos) break;
      i += end;
      continue;
    }
    char const c = name[i];
    if (depth != 0 && (c == '(' || c == ')')) {
      // Brackets inside of parentheses are left out with them: a `>` there may be a comparison.
      parentheses += c == '(' ? 1 : -1;
    } else if (parentheses != 0) {
      continue;
    } else if (c == '<') {
      ++depth;
    } else if (c == '>' && depth != 0) {
      --depth;
    } else if (depth == 0) {
      bare += c;
    }
  }
  while (!bare.empty() && bare.back() == ' ') bare.pop_back();
  return bare;
}

namespace detail {

/// Reads the events one by one: a whole trace can take more memory than the compiler did.
class trace_reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  instantiations counts;
  bool had_events = false;

  bool key(string_t& name) override {
    key_ = name;
    return true;
  }
  bool string(string_t& value) override {
    if (key_ == "name" && depth_ == event_depth) event_ = value;
    if (key_ == "detail" && depth_ == event_depth + 1) detail_ = value;
    return true;
  }
  bool start_object(std::size_t) override {
    if (++depth_ == event_depth) event_.clear(), detail_.clear();
    return true;
  }
  bool end_object() override {
    if (depth_-- == event_depth) {
      had_events = true;
      // Not `Total InstantiateClass`, which sums them up.
      if (event_ == "InstantiateClass" || event_ == "InstantiateFunction") ++counts[without_arguments(detail_)];
    }
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, string_t const&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const& e) override {
    throw std::runtime_error(std::string("the time trace cannot be read: ") + e.what());
  }

 private:
  static constexpr std::size_t event_depth = 2;  // the whole, and the event
  std::size_t depth_ = 0;
  std::string key_, event_, detail_;
};

}  // namespace detail

/// The classes and functions of a time trace.
inline instantiations read_time_trace(std::istream& trace) {
  detail::trace_reader reader;
  nlohmann::json::sax_parse(trace, &reader);
  if (!reader.had_events) throw std::runtime_error("the time trace holds no events");
  return std::move(reader.counts);
}

/// The variables among clang's statistics: `    12 VarTemplateSpecialization decls, 144 each (1728 bytes)`.
inline long read_variables(std::string_view statistics) {
  std::size_t const at = statistics.find(" VarTemplateSpecialization decls");
  if (at == std::string_view::npos) return 0;
  std::size_t first = at;
  while (first != 0 && std::isdigit(static_cast<unsigned char>(statistics[first - 1]))) --first;
  long count = 0;
  std::from_chars(statistics.data() + first, statistics.data() + at, count);
  return count;
}

/// What a program instantiates above another one.
inline instantiations above(instantiations const& asked, instantiations const& named) {
  instantiations difference = asked;
  for (auto const& [name, count] : named) difference[name] -= count;
  std::erase_if(difference, [](auto const& entry) { return entry.second == 0; });
  return difference;
}

}  // namespace bench
