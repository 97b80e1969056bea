// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/struct_fields_pfr.hpp
/// Plain structs taken apart by Boost.PFR, and which can be: what it would fail on is found first, so that it is refused in one sentence.

#include <commfold/tree/struct_shape.hpp>

#include <boost/mp11/list.hpp>
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
    requires(__is_base_of(U, T) && !std::is_same_v<U, T>)
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

/// Converts, as a temporary, to any field in one question: to what can only be moved or built in its place, and to an lvalue reference.
struct any_further_field {
  template <class U>
  operator U&() const& {
    std::abort();
  }
  template <class U>
  operator U() const&& {
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

/// takes<T, N>: whether `T` takes N times `{}`, for which no conversion is looked up, and of which a whole C array takes one;
/// takes<T, N, X>: and an `X` behind them.
template <class T, std::size_t N, class... X>
inline constexpr bool takes = false;
template <class T, class... X>
  requires requires { T{{}, X{}...}; }
inline constexpr bool takes<T, 1, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, X{}...}; }
inline constexpr bool takes<T, 2, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 3, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 4, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 5, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 6, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 7, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 8, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 9, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 10, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 11, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 12, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 13, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 14, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 15, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 16, X...> = true;

/// Whether `T` has as many fields as bytes, as a struct of static tensors does: so many times `{}` are taken, and nothing behind them.
/// Two questions, neither of which looks up a conversion for each field, where the search below asks a dozen that do.
template <class T>
concept has_a_field_a_byte = takes<T, sizeof(T)> && !takes<T, sizeof(T), any_further_field>;

template <class T>
consteval std::size_t count_fields() {
  if constexpr (has_a_field_a_byte<T>)
    return sizeof(T);
  else
    return count_slots<T>();
}

/// The number of initialisers that an aggregate takes: of its fields, where none is a C array; `max_fields + 1` stands for more.
template <class T>
inline constexpr std::size_t slot_count = count_fields<T>();

/// field_at<I>(s): the I-th field of a struct whose fields are its slots.
template <std::size_t I, class T>
constexpr auto& field_at(T& s) {
  namespace pfr = boost::pfr::detail;
  return pfr::sequence_tuple::get<I>(pfr::tie_as_tuple(s, pfr::size_t_<slot_count<std::remove_cv_t<T>>>{}));
}

/// with_fields(s, g) = g(field...), all bound at once: one function a struct and none a field, where PFR takes three a field.
template <std::size_t Count, class T, class G>
constexpr auto with_fields_of(T& s, G const& g) {
  if constexpr (Count == 1) {
    auto& [f0] = s;
    return g(f0);
  } else if constexpr (Count == 2) {
    auto& [f0, f1] = s;
    return g(f0, f1);
  } else if constexpr (Count == 3) {
    auto& [f0, f1, f2] = s;
    return g(f0, f1, f2);
  } else if constexpr (Count == 4) {
    auto& [f0, f1, f2, f3] = s;
    return g(f0, f1, f2, f3);
  } else if constexpr (Count == 5) {
    auto& [f0, f1, f2, f3, f4] = s;
    return g(f0, f1, f2, f3, f4);
  } else if constexpr (Count == 6) {
    auto& [f0, f1, f2, f3, f4, f5] = s;
    return g(f0, f1, f2, f3, f4, f5);
  } else if constexpr (Count == 7) {
    auto& [f0, f1, f2, f3, f4, f5, f6] = s;
    return g(f0, f1, f2, f3, f4, f5, f6);
  } else if constexpr (Count == 8) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7);
  } else if constexpr (Count == 9) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8);
  } else if constexpr (Count == 10) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9);
  } else if constexpr (Count == 11) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10);
  } else if constexpr (Count == 12) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11);
  } else if constexpr (Count == 13) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12);
  } else if constexpr (Count == 14) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13);
  } else if constexpr (Count == 15) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14);
  } else if constexpr (Count == 16) {
    auto& [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15] = s;
    return g(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15);
  } else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return g(detail::field_at<I>(s)...); }
    (std::make_index_sequence<Count>{});
  }
}
template <class T, class G>
constexpr auto with_fields(T& s, G const& g) {
  return detail::with_fields_of<slot_count<std::remove_cv_t<T>>>(s, g);
}

/// The types of all fields from one binding of them.
struct list_types {
  template <class... Fields>
  constexpr boost::mp11::mp_list<Fields...> operator()(Fields const&...) const {
    return {};
  }
};
template <class T>
using types_of_fields = decltype(detail::with_fields(std::declval<T const&>(), list_types{}));

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

template <class T>
consteval bool slots_are_fields() {
  if constexpr (has_a_field_a_byte<T>)
    return true;
  else
    return each_slot_is_one_field<T, slot_count<T>>();
}

/// An array of one element is one slot like any other; only its type tells.
template <class... Fields>
consteval bool some_is_array(boost::mp11::mp_list<Fields...>) {
  for (bool const array : {false, std::is_array_v<Fields>...})
    if (array) return true;
  return false;
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
    else if constexpr (!slots_are_fields<T>())
      return struct_shape::has_c_array;
    else if constexpr (count > max_fields)
      return struct_shape::too_many_fields;
    else if constexpr (some_is_array(types_of_fields<T>{}))
      return struct_shape::has_c_array;
    else
      return struct_shape::fields;
  }
}

}  // namespace commfold::detail
