// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/undeclared.hpp
/// What a type is for which nobody specialised `node_traits`: found by what it offers.

#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/nodes/expected.hpp>
#include <commfold/tree/nodes/known_leaves.hpp>
#include <commfold/tree/nodes/map.hpp>
#include <commfold/tree/nodes/pointer.hpp>
#include <commfold/tree/nodes/range.hpp>
#include <commfold/tree/structs/node.hpp>
#include <commfold/tree/structs/shape.hpp>
#include <commfold/tree/undescribed.hpp>

#include <type_traits>

namespace commfold::detail {

/// The base of `node_traits<T>` of a leaf that holds no tensor, or is one.
struct no_node {};

/// Whether a type is a tensor or a template of one, as `mp_list<tensor<f32, 4>>`.
template <class T>
inline constexpr bool names_tensor = tensor_like<T>;
template <template <class...> class C, class... Arguments>
inline constexpr bool names_tensor<C<Arguments...>> = tensor_like<C<Arguments...>> || (... || names_tensor<Arguments>);
template <template <class, auto, auto...> class C, class Argument, auto First, auto... Rest>
inline constexpr bool names_tensor<C<Argument, First, Rest...>> = tensor_like<C<Argument, First, Rest...>> || names_tensor<Argument>;

/// An empty class may derive from a tensor whose shape is static, or have one as a member without an address of its own. A tensor has a
/// constructor of its own, and so has then the class: one without any holds none. One that names tensors may stand for them.
template <class T>
consteval auto node_of_empty() {
  if constexpr (!__is_trivially_constructible(T))
    return std::type_identity<undescribed_node<undescribed::constructed_empty>>{};
  else if constexpr (names_tensor<T>)
    return std::type_identity<undescribed_node<undescribed::members>>{};
  else
    return std::type_identity<no_node>{};
}

consteval undescribed reason_of(struct_shape shape) {
  switch (shape) {
    case struct_shape::has_base:
      return undescribed::base;
    case struct_shape::has_c_array:
      return undescribed::c_array;
    case struct_shape::is_union:
      return undescribed::union_members;
    case struct_shape::fields:
    case struct_shape::no_fields:
    case struct_shape::too_many_fields:
      break;
  }
  return undescribed::too_many_fields;
}

/// A class that is no plain struct. Asked in the order in which a class that offers more is recognised as what it is.
template <class T>
consteval auto node_of_class() {
  if constexpr (known_leaf_class<T>)
    return std::type_identity<no_node>{};
  else if constexpr (map_class<T>)
    return std::type_identity<class_map_node<T>>{};
  else if constexpr (front_range<T>)
    return std::type_identity<front_range_node<T>>{};
  else if constexpr (ranges::forward_range<T>)
    return std::type_identity<class_range_node<T>>{};
  else if constexpr (expected_class<T>)
    return std::type_identity<expected_node<T>>{};
  else if constexpr (array_pointer_class<T>)
    return std::type_identity<undescribed_node<undescribed::array_pointer>>{};
  else if constexpr (pointer_class<T>)
    return std::type_identity<pointer_node<T>>{};
  else if constexpr (expiring_class<T>)
    return std::type_identity<undescribed_node<undescribed::expiring>>{};
  else if constexpr (optional_class<T>)
    return std::type_identity<class_optional_node<T>>{};
  else if constexpr (reference_class<T>)
    return std::type_identity<reference_node<T>>{};
  else if constexpr (requires { typename T::container_type::value_type; })
    return std::type_identity<undescribed_node<undescribed::adaptor>>{};
  else if constexpr (requires(T const& value) { value.has_value(), value.type(); })
    return std::type_identity<undescribed_node<undescribed::any_value>>{};
  else
    return std::type_identity<undescribed_node<undescribed::members>>{};
}

template <class T>
consteval auto node_of_undeclared() {
  // Builtins, since each of std's traits would instantiate a class and a variable for each type.
  if constexpr (!__is_class(T) && !__is_union(T)) {
    return std::type_identity<no_node>{};
  } else if constexpr (!requires { sizeof(T); }) {
    return std::type_identity<undescribed_node<undescribed::incomplete>>{};
  } else if constexpr (static_size<T> || declared_tensor<T> || tensor_like<T>) {
    return std::type_identity<no_node>{};
  } else if constexpr (__is_aggregate(T)) {
    constexpr struct_shape shape = shape_of_struct<T>();
    if constexpr (shape == struct_shape::fields)
      return std::type_identity<struct_node<T>>{};
    else if constexpr (shape == struct_shape::has_c_array && ranges::forward_range<T>)
      return std::type_identity<class_range_node<T>>{};  // boost::array and the like
    else if constexpr (shape != struct_shape::no_fields)
      return std::type_identity<undescribed_node<reason_of(shape)>>{};
    else
      return node_of_empty<T>();
  } else if constexpr (__is_union(T)) {
    return std::type_identity<undescribed_node<undescribed::union_members>>{};
  } else if constexpr (!__is_empty(T)) {
    return node_of_class<T>();
  } else {
    return node_of_empty<T>();
  }
}

/// What `node_traits<T>` derives from where nobody specialised it.
template <class T>
using undeclared_node = typename decltype(node_of_undeclared<T>())::type;

}  // namespace commfold::detail
