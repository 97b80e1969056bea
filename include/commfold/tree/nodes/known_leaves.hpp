// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/known_leaves.hpp
/// The classes that hold no tensor, known by what they offer: texts, times, complex and atomic numbers, bits. What a class offers does not
/// say that it has nothing beside, so numbers are known by their size, too.

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace commfold::detail {

template <class T>
inline constexpr bool is_character = false;
template <>
inline constexpr bool is_character<char> = true;
template <>
inline constexpr bool is_character<wchar_t> = true;
template <>
inline constexpr bool is_character<char8_t> = true;
template <>
inline constexpr bool is_character<char16_t> = true;
template <>
inline constexpr bool is_character<char32_t> = true;

/// A string, a string view; a path of a file system, which has a string.
template <class T>
concept text_class = is_character<typename T::value_type> && (requires { typename T::traits_type::char_type; } || requires(T const& path) {
  { path.native() } -> std::same_as<typename T::string_type const&>;
});

/// `std::chrono::duration` and `time_point`.
template <class T>
concept time_class = requires { typename T::period; } && sizeof(T) == sizeof(typename T::rep);

template <class Number>
concept plain_number = std::is_arithmetic_v<Number> || std::is_enum_v<Number>;

/// `std::complex`.
template <class T>
concept complex_class = plain_number<typename T::value_type> && sizeof(T) == 2 * sizeof(typename T::value_type) && requires(T const& z) {
  z.real();
  z.imag();
};

/// `std::atomic` of a number.
template <class T>
concept atomic_class = plain_number<typename T::value_type> && sizeof(T) == sizeof(typename T::value_type) && requires(T const& number) {
  number.is_lock_free();
  number.load();
};

template <class T>
inline constexpr bool is_template_of_a_size = false;
template <template <std::size_t> class C, std::size_t N>
inline constexpr bool is_template_of_a_size<C<N>> = true;

/// `std::bitset`.
template <class T>
concept bits_class = is_template_of_a_size<T> && requires(T const& bits) {
  bits.to_ullong();
  bits.count();
};

template <class T>
concept known_leaf_class = text_class<T> || time_class<T> || complex_class<T> || atomic_class<T> || bits_class<T>;

}  // namespace commfold::detail
