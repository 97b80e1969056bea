// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/struct_fields_pfr.hpp
/// Plain structs taken apart by Boost.PFR, and which can be: what it would fail on is found first, so that it is refused in one sentence.

#include <commfold/tree/struct_shape.hpp>

#include <boost/pfr/core.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace commfold::detail {

// The conversions below are named in questions only, yet both compilers ask for the bodies of some of them.

/// Converts to any proper base of `T` and to nothing else: it can initialise the first slot of an aggregate only if that is a base.
template <class T>
struct any_base_of {
  template <class U>
    requires(std::is_base_of_v<U, T> && !std::is_same_v<U, T>)
  operator U&() const { std::abort(); }
};

/// Converts to nothing: it can initialise only what takes anything, as `std::any` does, and that is a field.
struct stranger {};

template <class T>
concept has_base = requires {
  T{any_base_of<T>{}};
}
&&!requires { T{stranger{}}; };

/// Converts to any field. As in PFR, a struct that cannot be copied is asked with temporaries, since its fields may be move-only.
template <class T, bool = std::is_copy_constructible_v<T>>
struct any_field {
  template <class U>
  operator U&() const {
    std::abort();
  }
};
template <class T>
struct any_field<T, false> {
  template <class U>
  operator U() const {
    std::abort();
  }
};

/// Converts to any class, so that braces around it find a copy constructor and not one from a number.
struct any_class {
  template <class U>
    requires std::is_class_v<U>
  operator U&() const { std::abort(); }
};

template <class T, std::size_t>
using any_field_at = any_field<T>;

// PFR's own count searches up to eight times sizeof(T) fields, which takes seconds for a struct that holds a large std::array, and with
// g++ 12 its first step is an internal compiler error for an array of structs that own memory. This one stops just above max_fields.
template <class T, class Indices>
inline constexpr bool has_slots = false;
template <class T, std::size_t... I>
inline constexpr bool has_slots<T, std::index_sequence<I...>> = requires {
  T{any_field_at<T, I>{}...};
};

/// The largest number of initialisers in [Low, High) that T takes. It takes Low, and not High.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t most_slots() {
  // Doubled as long as High is just the limit, so that a small struct is never asked about many.
  constexpr std::size_t middle = High > max_fields && Low < High / 4 ? 2 * Low + 1 : Low + (High - Low) / 2;
  if constexpr (Low + 1 == High)
    return Low;
  else if constexpr (has_slots<T, std::make_index_sequence<middle>>)
    return most_slots<T, middle, High>();
  else
    return most_slots<T, Low, middle>();
}

/// Where a field has no default, too few initialisers are refused as well: the first accepted number of them starts the search.
template <class T, std::size_t From = 0>
consteval std::size_t count_slots() {
  if constexpr (From > max_fields + 1)
    return 0;
  else if constexpr (has_slots<T, std::make_index_sequence<From>>)
    return most_slots<T, From, max_fields + 2>();
  else
    return count_slots<T, From + 1>();
}

/// The number of initialisers that an aggregate takes: of its fields, where none is a C array; `max_fields + 1` stands for more.
template <class T>
inline constexpr std::size_t slot_count = count_slots<T>();

/// field_at<I>(s): the I-th field of a struct whose fields are its slots.
template <std::size_t I, class T>
constexpr auto& field_at(T& s) {
  namespace pfr = boost::pfr::detail;
  return pfr::sequence_tuple::get<I>(pfr::tie_as_tuple(s, pfr::size_t_<slot_count<std::remove_cv_t<T>>>{}));
}

// Braces may be left out around a C array, so each of its n elements counts as a slot. A slot in braces is one whole field: put
// braces around an array, and n - 1 of the counted initialisers are left over.
template <class T, class Before, class After>
inline constexpr bool slot_is_one_field = false;
template <class T, std::size_t... B, std::size_t... A>
inline constexpr bool slot_is_one_field<T, std::index_sequence<B...>, std::index_sequence<A...>> = requires {
  T{any_field_at<T, B>{}..., {}, any_field_at<T, A>{}...};
}
|| requires { T{any_field_at<T, B>{}..., {any_class{}}, any_field_at<T, A>{}...}; }
|| requires { T{any_field_at<T, B>{}..., {any_field<T>{}}, any_field_at<T, A>{}...}; };

/// The same question for four slots at once: nearly every field can be initialised by `{}`, and asking less often is what makes it cheap.
template <class T, class Before, class After>
inline constexpr bool four_slots_are_fields = false;
template <class T, std::size_t... B, std::size_t... A>
inline constexpr bool four_slots_are_fields<T, std::index_sequence<B...>, std::index_sequence<A...>> = requires {
  T{any_field_at<T, B>{}..., {}, {}, {}, {}, any_field_at<T, A>{}...};
};

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

/// An array of one element is one slot like any other; only its type tells.
template <class T, std::size_t... I>
consteval bool some_field_is_array(std::index_sequence<I...>) {
  return (std::is_array_v<std::remove_reference_t<decltype(field_at<I>(std::declval<T&>()))>> || ...);
}

template <class T>
consteval struct_shape shape_of_struct() {
  if constexpr (std::is_union_v<T>) {
    return struct_shape::is_union;
  } else if constexpr (has_base<T>) {
    return std::is_empty_v<T> ? struct_shape::no_fields : struct_shape::has_base;
  } else {
    constexpr std::size_t count = slot_count<T>;
    if constexpr (count == 0)
      return std::is_empty_v<T> ? struct_shape::no_fields : struct_shape::has_c_array;
    else if constexpr (!each_slot_is_one_field<T, count>())
      return struct_shape::has_c_array;
    else if constexpr (count > max_fields)
      return struct_shape::too_many_fields;
    else if constexpr (some_field_is_array<T>(std::make_index_sequence<count>{}))
      return struct_shape::has_c_array;
    else
      return struct_shape::fields;
  }
}

}  // namespace commfold::detail
