// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/struct_fields.hpp
/// The fields of a plain struct: `slot_count<T>`, `field_at<I>(s)`, `with_fields(s, g)`, `types_of_fields<T>`, `shape_of_struct<T>()`. By
/// C++26 reflection where the compiler has it, which is this file, else by Boost.PFR, which is pfr.hpp. Both refuse the same structs: a
/// program must not depend on its compiler.

#if !defined(__cpp_impl_reflection) || !__has_include(<meta>)
#define COMMFOLD_HAS_REFLECTION 0
#include <commfold/tree/structs/pfr.hpp>
#else
#define COMMFOLD_HAS_REFLECTION 1

#include <commfold/tree/structs/shape.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <meta>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class T>
inline constexpr auto fields_of =
    std::define_static_array(std::meta::nonstatic_data_members_of(^^T, std::meta::access_context::unchecked()));

/// The number of fields.
template <class T>
inline constexpr std::size_t slot_count = fields_of<T>.size();

/// field_at<I>(s): the I-th field.
template <std::size_t I, class T>
constexpr auto& field_at(T& s) {
  return s.[:fields_of<std::remove_cv_t<T>>[I]:];
}

/// with_fields(s, g) = g(field...).
template <class T, class G>
constexpr auto with_fields(T& s, G const& g) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return g(detail::field_at<I>(s)...);
  }(std::make_index_sequence<slot_count<std::remove_cv_t<T>>>{});
}

/// The types of the fields.
template <class T, class Indices>
struct list_types;
template <class T, std::size_t... I>
struct list_types<T, std::index_sequence<I...>> {
  using type = boost::mp11::mp_list<std::remove_cvref_t<typename[:std::meta::type_of(fields_of<T>[I]):]>...>;
};
template <class T>
using types_of_fields = typename list_types<T, std::make_index_sequence<slot_count<T>>>::type;

template <class T>
consteval struct_shape shape_of_struct() {
  bool const has_base = !std::meta::bases_of(^^T, std::meta::access_context::unchecked()).empty();
  bool has_c_array = false;
  for (std::meta::info field : fields_of<T>) has_c_array = has_c_array || std::meta::is_array_type(std::meta::type_of(field));
  if (std::is_union_v<T>) return struct_shape::is_union;
  if (has_base) return std::is_empty_v<T> ? struct_shape::no_fields : struct_shape::has_base;
  if (slot_count<T> == 0) return struct_shape::no_fields;
  if (has_c_array) return struct_shape::has_c_array;
  return slot_count<T> > max_fields ? struct_shape::too_many_fields : struct_shape::fields;
}

}  // namespace commfold::detail

#endif
