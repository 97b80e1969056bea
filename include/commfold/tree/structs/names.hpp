// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/names.hpp
/// The names of members, for paths and messages: by reflection, or cut out of the compiler's spelling of a template argument that points to
/// the member.

#include <commfold/tree/structs/struct_fields.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace commfold::detail {

/// The last identifier of the first template argument in a `__PRETTY_FUNCTION__`. g++ writes `[with auto P = &t::member; …]` or, of a
/// field,
/// `[with auto P = (& object<t>.t::member); …]`, clang `[P = &object.member]`.
consteval std::string_view last_identifier(std::string_view spelled) {
  std::size_t end = spelled.find(';');
  if (end == std::string_view::npos) end = spelled.size();
  while (end > 0 && (spelled[end - 1] == ']' || spelled[end - 1] == ')')) --end;
  std::size_t begin = end;
  while (begin > 0 && spelled[begin - 1] != ':' && spelled[begin - 1] != '.' && spelled[begin - 1] != '&') --begin;
  return spelled.substr(begin, end - begin);
}

template <auto Pointer>
consteval std::string_view spelling_of() {
  return __PRETTY_FUNCTION__;
}

template <auto Pointer>
inline constexpr std::string_view name_of_pointer = last_identifier(spelling_of<Pointer>());

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"  // what the first warning is called for a struct of an unnamed namespace
#endif

/// An object that is declared and never defined: constant expressions only take addresses inside it.
template <class T>
struct never_built {
  T const value;
};
template <class T>
extern never_built<T> const object_of;

template <class T, std::size_t I>
consteval auto const* address_of_field() {
  return &field_at<I>(object_of<T>.value);
}

template <class T, auto Member>
consteval auto const* address_of_member() {
  return &(object_of<T>.value.*Member);
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

#if COMMFOLD_HAS_REFLECTION
#define COMMFOLD_HAS_FIELD_NAMES 1
template <class T, std::size_t... I>
consteval std::array<std::string_view, sizeof...(I)> names_of_fields(std::index_sequence<I...>) {
  return {std::meta::identifier_of(fields_of<T>[I])...};
}
// clang before 18 takes no pointer to a subobject as a template argument. Fields have no names there, and paths tell their positions.
#elif !defined(__clang_major__) || __clang_major__ >= 18
#define COMMFOLD_HAS_FIELD_NAMES 1
template <class T, std::size_t... I>
consteval std::array<std::string_view, sizeof...(I)> names_of_fields(std::index_sequence<I...>) {
  return {name_of_pointer<address_of_field<T, I>()>...};
}
#else
#define COMMFOLD_HAS_FIELD_NAMES 0
#endif

}  // namespace commfold::detail
