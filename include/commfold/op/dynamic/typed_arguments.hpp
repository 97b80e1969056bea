// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dynamic/typed_arguments.hpp
/// From run-time values to what a row's inference takes, as the schema says, and back.

#include <commfold/group/reduce_op.hpp>
#include <commfold/op/dynamic/call_arguments.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/text/nearest_names.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold::detail {

/// An argument and the place in it that is looked at, for messages: spelled only where there is one. A place must not outlive the one that
/// it is in.
struct place {
  bound_arguments const& call;
  std::size_t index;
  place const* around = nullptr;
  std::size_t element = 0;

  [[nodiscard]] place operator[](std::size_t i) const { return {call, index, this, i}; }
  [[nodiscard]] std::string path() const {
    return around == nullptr ? std::string() : around->path() + '[' + std::to_string(element) + ']';
  }
  [[noreturn]] void refuse(std::string const& why) const { call.refuse(index, path(), why); }
  [[noreturn]] void refuse_kind(value_kind wanted, value_kind held) const {
    refuse(std::string(name(wanted)) + " was wanted, and " + std::string(name(held)) + " is held");
  }
  void expect(dynamic_value const& held, value_kind wanted) const {
    if (!held.is(wanted)) refuse_kind(wanted, held.kind());
  }
};

/// typed<Type>::from(value, place): the argument of a parameter of that type. `invalid_argument` for a value of another kind.
template <parameter_type Type>
struct typed;

template <>
struct typed<parameter_type::tensor> {
  static dynamic_tensor const& from(dynamic_value const& held, place const& at) {
    at.expect(held, value_kind::tensor);
    return held.as_tensor();
  }
};
/// Nobody looks into it.
template <>
struct typed<parameter_type::optional_tensor> {
  static dynamic_value const& from(dynamic_value const& held, place const& at) {
    if (!held.is(value_kind::none)) at.expect(held, value_kind::tensor);
    return held;
  }
};
template <>
struct typed<parameter_type::integer> {
  static std::int64_t from(dynamic_value const& held, place const& at) {
    at.expect(held, value_kind::integer);
    return held.as_integer();
  }
};
template <>
struct typed<parameter_type::flag> {
  static bool from(dynamic_value const& held, place const& at) {
    at.expect(held, value_kind::truth);
    return held.as_bool();
  }
};

/// A list or a tuple of what `Element` takes.
template <class Element>
struct typed_list {
  static auto from(dynamic_value const& held, place const& at) {
    if (!held.is(value_kind::tuple)) at.expect(held, value_kind::list);
    std::vector<std::remove_cvref_t<decltype(Element::from(held, at))>> elements;
    elements.reserve(held.elements().size());
    for (dynamic_value const& element : held.elements()) elements.push_back(Element::from(element, at[elements.size()]));
    return elements;
  }
};
struct typed_text {
  static std::string const& from(dynamic_value const& held, place const& at) {
    at.expect(held, value_kind::string);
    return held.as_string();
  }
};
template <>
struct typed<parameter_type::tensor_list> : typed_list<typed<parameter_type::tensor>> {};
template <>
struct typed<parameter_type::tensor_lists> : typed_list<typed<parameter_type::tensor_list>> {};
template <>
struct typed<parameter_type::integers> : typed_list<typed<parameter_type::integer>> {};
template <>
struct typed<parameter_type::texts> : typed_list<typed_text> {};

/// A group, or the name of one that the call knows.
template <>
struct typed<parameter_type::group> {
  static dynamic_group const& from(dynamic_value const& held, place const& at) {
    if (!held.is(value_kind::string)) {
      at.expect(held, value_kind::group);
      return held.as_group();
    }
    for (dynamic_group const& group : at.call.groups())
      if (group.name() == held.as_string()) return group;
    nearest_names nearest(held.as_string());
    for (dynamic_group const& group : at.call.groups()) nearest.consider(group.name());
    at.refuse("no group is named '" + held.as_string() + "'" +
              (nearest.size() == 0 ? ", and the call has no groups by name" : "; did you mean " + nearest.joined() + "?"));
  }
};

/// A reduction, or its name in the functional collectives' spelling.
template <>
struct typed<parameter_type::reduce_op> {
  static reduce_op from(dynamic_value const& held, place const& at) {
    if (!held.is(value_kind::string)) {
      at.expect(held, value_kind::reduce_op);
      return held.as_reduce_op();
    }
    for (reduce_op const op : all_reduce_ops)
      if (name(op) == held.as_string()) return op;
    // All of them: by its letters "mean" would be nearest to "min", and "prod" to "bor".
    std::string known;
    for (reduce_op const op : all_reduce_ops)
      known += (op == all_reduce_ops[0] ? "" : op == reduce_op::premul_sum ? " and " : ", ") + std::string(name(op));
    at.refuse("no reduction is named '" + held.as_string() + "'; there are " + known);
  }
};

template <parameter_type Type>
void expect_one_type(dynamic_value const& held, place const& at) {
  static_cast<void>(typed<Type>::from(held, at));
}

/// Refuses a value that a parameter of this type does not take.
inline void expect_type(parameter_type type, dynamic_value const& held, place const& at) {
  using enum parameter_type;
  constexpr void (*checks[])(dynamic_value const&, place const&) = {
      expect_one_type<tensor>,       expect_one_type<optional_tensor>, expect_one_type<tensor_list>,
      expect_one_type<tensor_lists>, expect_one_type<group>,           expect_one_type<reduce_op>,
      expect_one_type<integer>,      expect_one_type<integers>,        expect_one_type<flag>,
      expect_one_type<texts>};  // in the order of parameter_type
  checks[static_cast<unsigned char>(type)](held, at);
}

/// Refuses a call with a missing argument, or one that its parameter does not take.
inline void expect_all_arguments(bound_arguments const& call, std::size_t count) {
  for (std::size_t i = 0; i != count; ++i)
    if (call.given(i) != nullptr || call.of(i).default_value.empty()) expect_type(call.of(i).type, call.argument(i), place{call, i});
}

/// The schemas' defaults are flags and integers.
inline dynamic_value default_of(parameter const& p) {
  if (p.default_value == "True") return true;
  if (p.default_value == "False") return false;
  return std::stoll(std::string(p.default_value));
}

template <class Row, std::size_t I>
auto typed_argument(bound_arguments const& call) {
  constexpr parameter_type type = parameters_of<Row>[I].type;
  if (call.given(I) == nullptr && !parameters_of<Row>[I].default_value.empty())
    return typed<type>::from(default_of(parameters_of<Row>[I]), place{call, I});
  return typed<type>::from(call.argument(I), place{call, I});
}

/// All arguments of a call, by value, as `Row::infer` takes them.
template <class Row>
auto typed_arguments(bound_arguments const& call) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    // In braces, so that the first bad argument is the one that is complained about.
    return std::tuple<decltype(typed_argument<Row, I>(call))...>{typed_argument<Row, I>(call)...};
  }(std::make_index_sequence<parameters_of<Row>.size()>{});
}

/// What an inference yields, as a value: a tensor, a list of them, a list of lists.
inline dynamic_value to_value(dynamic_tensor const& tensor) { return tensor; }
template <class Element>
dynamic_value to_value(std::vector<Element> const& elements) {
  std::vector<dynamic_value> values;
  values.reserve(elements.size());
  for (Element const& element : elements) values.push_back(to_value(element));
  return dynamic_value::list_of(std::move(values));
}

}  // namespace commfold::detail
