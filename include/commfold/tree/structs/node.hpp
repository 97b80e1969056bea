// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/node.hpp
/// Plain structs as nodes, with no registration: their fields are their children. Not for structs with a bit-field, to which no reference
/// can be bound, or with a reference, which cannot be made from a mapped value: those name their other fields with `commfold::fields`.

#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>
#include <commfold/tree/structs/names.hpp>
#include <commfold/tree/structs/struct_fields.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail {

/// make(child...): a `T` where all children have the types of its fields, else a `mapped_struct`.
template <class T, class List>
struct struct_maker;
template <class T, class... Children>
struct struct_maker<T, boost::mp11::mp_list<Children...>> {
  template <class... U>
  using made = std::conditional_t<std::is_same_v<boost::mp11::mp_list<Children...>, boost::mp11::mp_list<U...>>, T, mapped_struct<T, U...>>;

  template <class... U>
  static constexpr made<std::remove_cvref_t<U>...> make(U&&... u) {
    if constexpr (std::is_same_v<made<std::remove_cvref_t<U>...>, T>)
      return T{std::forward<U>(u)...};
    else
      return mapped_struct<T, std::remove_cvref_t<U>...>(leaf_tuple<std::remove_cvref_t<U>...>(std::forward<U>(u)...));
  }
};

#if COMMFOLD_HAS_FIELD_NAMES
/// A variable of its own, so that names are computed only where a path or a message asks for them.
template <class T>
inline constexpr auto field_keys = names_of_fields<T>(std::make_index_sequence<slot_count<T>>{});
#endif

/// The traits of a plain struct as a product.
template <class T>
struct struct_node : struct_maker<T, types_of_fields<T>> {
  using children = types_of_fields<T>;

  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return detail::field_at<I>(node);
  }

  /// All children at once, which is cheaper than one by one.
  static constexpr bool has_with_children = true;
  template <class Node, class G>
  [[nodiscard]] static constexpr auto with_children(Node& node, G const& g) {
    return detail::with_fields(node, g);
  }

#if COMMFOLD_HAS_FIELD_NAMES
  [[nodiscard]] static constexpr auto const& keys() { return field_keys<T>; }
#endif

  /// The position of a member among the children, found by its address in an object that is never defined.
  template <auto Member>
  [[nodiscard]] static consteval std::size_t position() {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      std::size_t at = sizeof...(I);
      (void)((same_address(address_of_field<T, I>(), address_of_member<T, Member>()) ? (static_cast<void>(at = I), true) : false) || ...);
      return at;
    }(std::make_index_sequence<slot_count<T>>{});
  }

 private:
  template <class A, class B>
  static consteval bool same_address(A const* a, B const* b) {
    if constexpr (std::is_same_v<A, B>)
      return a == b;
    else
      return false;
  }
};

}  // namespace commfold::detail
