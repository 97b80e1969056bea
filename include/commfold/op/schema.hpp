// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/schema.hpp
/// What an operator's schema says: its parameters, their types and defaults, and what comes back. PyTorch's text is read while compiling,
/// so that a row of the table says it once.

#include <array>
#include <cstddef>
#include <string_view>

namespace commfold {

// Rows spell their texts with sv: of a plain literal a string_view counts the characters one by one, at every inclusion.
using std::string_view_literals::operator""sv;

/// The types of parameters that the schemas of collectives use. A `str reduce_op` is a `reduce_op`; `Any group_name`, `str group_name` and
/// `ProcessGroup process_group` are a `group`.
enum class parameter_type : unsigned char {
  tensor,           ///< Tensor
  optional_tensor,  ///< Tensor?
  tensor_list,      ///< Tensor[]
  tensor_lists,     ///< Tensor[][]
  group,
  reduce_op,
  integer,   ///< int
  integers,  ///< int[], SymInt[]
  flag,      ///< bool
  texts      ///< str[]
};

/// One parameter of an operator.
struct parameter {
  std::string_view name;
  parameter_type type = parameter_type::tensor;
  std::string_view default_value;  ///< as the schema spells it; empty where there is none
  bool keyword_only = false;
  bool written = false;  ///< the schema marks it as written to, as `Tensor(a!)`
};

/// What an operator returns.
enum class returns : unsigned char { tensors, tensors_and_work, work, nothing };

namespace detail {

/// What follows the arrow of a schema.
constexpr std::string_view text_of_result(std::string_view schema) { return schema.substr(schema.find(" -> ") + 4); }

constexpr returns what_returns(std::string_view schema) {
  std::string_view const result = text_of_result(schema);
  if (result == "()") return returns::nothing;
  if (result == "Work") return returns::work;
  return result.ends_with(", Work)") ? returns::tensors_and_work : returns::tensors;
}

/// The text between the parentheses that hold the parameters.
constexpr std::string_view text_of_parameters(std::string_view schema) {
  std::string_view const before_arrow = schema.substr(0, schema.find(" -> "));
  return before_arrow.substr(1, before_arrow.size() - 2);
}

/// Parameters are separated by ", " and nothing inside one has a comma; a lone "*" announces the keyword-only ones.
constexpr std::size_t count_parameters(std::string_view text) {
  std::size_t count = text.empty() ? 0 : 1;
  for (char const c : text) count += c == ',';
  return count - (text.find("*,") != std::string_view::npos);
}

/// Not constexpr: to call it is the compile error, with or without exceptions.
inline void the_schema_names_a_type_that_commfold_does_not_know() {}

constexpr parameter_type type_named(std::string_view type, std::string_view name) {
  if (type == "Tensor") return parameter_type::tensor;
  if (type == "Tensor?") return parameter_type::optional_tensor;
  if (type == "Tensor[]") return parameter_type::tensor_list;
  if (type == "Tensor[][]") return parameter_type::tensor_lists;
  if (type == "ProcessGroup" || name == "group_name") return parameter_type::group;
  if (type == "ReduceOp" || name == "reduce_op") return parameter_type::reduce_op;
  if (type == "int") return parameter_type::integer;
  if (type == "int[]" || type == "SymInt[]") return parameter_type::integers;
  if (type == "bool") return parameter_type::flag;
  if (type != "str[]") the_schema_names_a_type_that_commfold_does_not_know();
  return parameter_type::texts;
}

constexpr parameter parameter_of(std::string_view text, bool keyword_only) {
  parameter p;
  p.keyword_only = keyword_only;
  std::size_t const space = text.find(' ');
  std::string_view type = text.substr(0, space);
  p.name = text.substr(space + 1);
  if (std::size_t const equals = p.name.find('='); equals != std::string_view::npos) {
    p.default_value = p.name.substr(equals + 1);
    p.name = p.name.substr(0, equals);
  }
  if (std::size_t const alias = type.find('('); alias != std::string_view::npos) {
    p.written = true;
    type = type.substr(0, alias);
  }
  p.type = type_named(type, p.name);
  return p;
}

template <std::size_t Count>
constexpr std::array<parameter, Count> parse_parameters(std::string_view text) {
  std::array<parameter, Count> parameters{};
  bool keyword_only = false;
  for (std::size_t n = 0; n != Count;) {
    std::size_t const end = text.find(',') < text.size() ? text.find(',') : text.size();
    std::string_view const one = text.substr(0, end);
    text.remove_prefix(end + 2 < text.size() ? end + 2 : text.size());
    if (one == "*")
      keyword_only = true;
    else
      parameters[n++] = parameter_of(one, keyword_only);
  }
  return parameters;
}

}  // namespace detail

/// The parameters of an operator of the table, in the order of its schema: `parameters_of<c10d::send_t>[2].name == "dst"`.
template <class Row>
inline constexpr auto parameters_of =
    detail::parse_parameters<detail::count_parameters(detail::text_of_parameters(Row::schema))>(detail::text_of_parameters(Row::schema));

/// What an operator of the table returns.
template <class Row>
inline constexpr returns returns_of = detail::what_returns(Row::schema);

namespace detail {
/// An operator whose result is one tensor, and not a list.
template <class Row>
inline constexpr bool returns_one_tensor =
    text_of_result(Row::schema).starts_with("Tensor") && !text_of_result(Row::schema).starts_with("Tensor[");
}  // namespace detail

}  // namespace commfold
