// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/pfr.hpp
/// Which structs can be taken apart without reflection: what Boost.PFR would fail on is found first, so that it is refused in one sentence.

#include <commfold/tree/structs/base.hpp>
#include <commfold/tree/structs/binding.hpp>
#include <commfold/tree/structs/count.hpp>
#include <commfold/tree/structs/count_fast_path.hpp>
#include <commfold/tree/structs/shape.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace commfold::detail {

/// Converts to any class, so that braces around it find a copy constructor and not one from a number.
struct any_class {
  template <class U>
    requires std::is_class_v<U>
  operator U&() const {
    std::abort();
  }
};

// Braces may be left out around a C array, so each of its n elements counts as a slot. A slot in braces is one whole field: put
// braces around an array, and n - 1 of the counted initialisers are left over.
template <class T, class Before, class After>
inline constexpr bool slot_is_one_field = false;
template <class T, std::size_t... B, std::size_t... A>
inline constexpr bool slot_is_one_field<T, std::index_sequence<B...>, std::index_sequence<A...>> =
    requires { T{any_field_at<T, B>{}..., {}, any_field_at<T, A>{}...}; } || requires {
      T{any_field_at<T, B>{}..., {any_class{}}, any_field_at<T, A>{}...};
    } || requires { T{any_field_at<T, B>{}..., {any_field<T>{}}, any_field_at<T, A>{}...}; };

/// The same question for four slots at once: nearly every field can be initialised by `{}`, and asking less often is what makes it cheap.
template <class T, class Before, class After>
inline constexpr bool four_slots_are_fields = false;
template <class T, std::size_t... B, std::size_t... A>
inline constexpr bool four_slots_are_fields<T, std::index_sequence<B...>, std::index_sequence<A...>> =
    requires { T{any_field_at<T, B>{}..., {}, {}, {}, {}, any_field_at<T, A>{}...}; };

template <class T, std::size_t Count, std::size_t From = 0>
consteval bool each_slot_is_one_field() {
  if constexpr (From == Count) {
    return true;
  } else {
    if constexpr (From + 4 <= Count) {
      if constexpr (four_slots_are_fields<T, std::make_index_sequence<From>, std::make_index_sequence<Count - From - 4>>)
        return each_slot_is_one_field<T, Count, From + 4>();
      else
        return slot_is_one_field<T, std::make_index_sequence<From>, std::make_index_sequence<Count - From - 1>> &&
               each_slot_is_one_field<T, Count, From + 1>();
    } else {
      return slot_is_one_field<T, std::make_index_sequence<From>, std::make_index_sequence<Count - From - 1>> &&
             each_slot_is_one_field<T, Count, From + 1>();
    }
  }
}

/// An array of one element is one slot like any other; only its type tells. Of classes, which are most fields, a builtin says at once that
/// they are none.
template <class... Fields>
consteval bool some_is_array(boost::mp11::mp_list<Fields...>) {
  if constexpr ((... && __is_class(Fields)))
    return false;
  else
    return (... || std::is_array_v<Fields>);
}

template <class T>
consteval struct_shape shape_of_fields() {
  return some_is_array(types_of_fields<T>{}) ? struct_shape::has_c_array : struct_shape::fields;
}

template <class T>
consteval struct_shape shape_of_struct() {
  if constexpr (__is_union(T)) {
    return struct_shape::is_union;
  } else if constexpr (has_base<T>) {
    return std::is_empty_v<T> ? struct_shape::no_fields : struct_shape::has_base;
  } else if constexpr (has_a_field_a_byte<T>) {
    return shape_of_fields<T>();
  } else {
    constexpr std::size_t count = slot_count<T>;
    if constexpr (count == 0)
      return std::is_empty_v<T> ? struct_shape::no_fields : struct_shape::has_c_array;
    else if constexpr (!each_slot_is_one_field<T, count>())
      return struct_shape::has_c_array;
    else if constexpr (count > max_fields)
      return struct_shape::too_many_fields;
    else
      return shape_of_fields<T>();
  }
}

}  // namespace commfold::detail
