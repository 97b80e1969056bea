// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/count.hpp
/// slot_count<T>: how many initialisers an aggregate takes, found by asking the compiler which numbers of them it takes.
/// A *slot* is what one initialiser goes to: a field, a base, or, since braces may be left out, one element of a C array.

#include <commfold/tree/structs/count_fast_path.hpp>
#include <commfold/tree/structs/shape.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace commfold::detail {

/// Converts to any field: by an lvalue, or, where the struct cannot be copied, since its fields may be move-only, by a temporary. PFR asks
/// with the same two.
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

template <class T, std::size_t>
using any_field_at = any_field<T>;

// PFR's own count is not used. It searches up to 8 * sizeof(T) fields, which takes seconds for a struct with a large std::array, and with
// g++ 12 its first step is an internal compiler error for an array of structs that own memory. This search stops just above max_fields.
template <class T, class Indices>
inline constexpr bool has_slots = false;
template <class T, std::size_t... I>
inline constexpr bool has_slots<T, std::index_sequence<I...>> = requires { T{any_field_at<T, I>{}...}; };

/// The largest number of initialisers in [Low, High) that T takes, given that it takes Low of them and not High.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t most_slots() {
  // Low is doubled until T refuses, so that a small struct is never asked about many; then the interval is halved.
  constexpr std::size_t middle = High > max_fields && Low < High / 4 ? 2 * Low + 1 : Low + (High - Low) / 2;
  if constexpr (Low + 1 == High)
    return Low;
  else if constexpr (has_slots<T, std::make_index_sequence<middle>>)
    return most_slots<T, middle, High>();
  else
    return most_slots<T, Low, middle>();
}

/// Where a field has no default, too few initialisers are refused too: the search starts at the first number that is accepted.
template <class T, std::size_t From = 0>
consteval std::size_t count_slots() {
  if constexpr (From > max_fields + 1)
    return 0;
  else if constexpr (has_slots<T, std::make_index_sequence<From>>)
    return most_slots<T, From, max_fields + 2>();
  else
    return count_slots<T, From + 1>();
}

template <class T>
consteval std::size_t count_fields() {
  if constexpr (has_a_field_a_byte<T>)
    return sizeof(T);
  else
    return count_slots<T>();
}

/// The number of slots of an aggregate: of its fields, where it has no base and no C array. `max_fields + 1` stands for any larger number.
template <class T>
inline constexpr std::size_t slot_count = count_fields<T>();

}  // namespace commfold::detail
