// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/pfr.hpp
/// Which structs Boost.PFR can take apart, asked before PFR is: it would fail on the others with errors of its own.

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

/// A proper base of `T`. By builtins: every struct is asked, and each of std's traits is one more class.
template <class U, class T>
concept proper_base_of = __is_base_of(U, T) && !__is_same(U, T);

/// Converts to any proper base of `T` and to nothing else: it initialises the first slot of an aggregate only where that is a base.
/// (No conversion here is ever called, yet both compilers ask for the bodies of some.)
template <class T>
struct any_base_of {
  template <proper_base_of<T> U>
  operator U&() const {
    std::abort();
  }
};

/// Converts to nothing: it initialises only a field that takes anything, such as a `std::any`.
struct inconvertible {};

template <class T>
concept has_base = requires { T{any_base_of<T>{}}; } && !requires { T{inconvertible{}}; };

/// Converts to any class and to no number, so that `{any_class{}}` means the copy constructor of a field, whatever others it has.
struct any_class {
  template <class U>
    requires std::is_class_v<U>
  operator U&() const {
    std::abort();
  }
};

// A C array of n elements takes n slots where its braces are left out, and one where they are not: then the other n - 1 initialisers that
// were counted for it are too many. So a slot is one field if T takes braces around it. No one thing in the braces fits every field; three
// do.
template <class T, class Before, class After>
inline constexpr bool slot_is_one_field = false;
template <class T, std::size_t... B, std::size_t... A>
inline constexpr bool slot_is_one_field<T, std::index_sequence<B...>, std::index_sequence<A...>> =
    requires { T{any_field_at<T, B>{}..., {}, any_field_at<T, A>{}...}; } || requires {
      T{any_field_at<T, B>{}..., {any_class{}}, any_field_at<T, A>{}...};
    } || requires { T{any_field_at<T, B>{}..., {any_field<T>{}}, any_field_at<T, A>{}...}; };

template <class T, class Before, class After>
inline constexpr bool takes_two_in_braces = false;
template <class T, std::size_t... B, std::size_t... A>
inline constexpr bool takes_two_in_braces<T, std::index_sequence<B...>, std::index_sequence<A...>> =
    requires { T{any_field_at<T, B>{}..., {any_further_field{}, any_further_field{}}, any_field_at<T, A>{}...}; };

/// For g++, no one thing in braces fits a field that can neither be copied nor moved nor be initialised from `{}`. But of a C array that
/// begins at a slot, two elements stand in one pair of braces, with fewer initialisers behind it.
template <class T, std::size_t Count, std::size_t From>
consteval bool array_begins_at() {
  return []<std::size_t... After>(std::index_sequence<After...>) {
    return (... || takes_two_in_braces<T, std::make_index_sequence<From>, std::make_index_sequence<After>>);
  }(std::make_index_sequence<Count - From - 1>{});
}

template <class T, std::size_t Count, std::size_t From>
consteval bool one_field_at() {
  if constexpr (slot_is_one_field<T, std::make_index_sequence<From>, std::make_index_sequence<Count - From - 1>>)
    return true;
  else
    return !std::is_copy_constructible_v<T> && !array_begins_at<T, Count, From>();
}

/// Asks for four slots at once, with `{}` in each: nearly every field takes it, and fewer questions are cheaper.
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
        return one_field_at<T, Count, From>() && each_slot_is_one_field<T, Count, From + 1>();
    } else {
      return one_field_at<T, Count, From>() && each_slot_is_one_field<T, Count, From + 1>();
    }
  }
}

/// A C array of one element takes one slot, as a field does: only its type tells. Most fields are classes, for which a builtin is enough.
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
