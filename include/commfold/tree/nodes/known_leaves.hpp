// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/known_leaves.hpp
/// The classes that hold no tensor, known by what they offer: texts, times, complex numbers and atomic numbers.

#include <type_traits>

namespace commfold::detail {

/// A string, a string view, a path of a file system.
template <class T>
concept text_class = requires(T const& text) { text.c_str(); } || requires {
  typename T::traits_type::char_type;
  typename T::size_type;
};

/// `std::chrono::duration` and `time_point`.
template <class T>
concept time_class = requires {
  typename T::rep;
  typename T::period;
};

template <class Number>
concept plain_number = std::is_arithmetic_v<Number> || std::is_enum_v<Number>;

/// `std::complex`.
template <class T>
concept complex_class = plain_number<typename T::value_type> && requires(T const& z) {
  z.real();
  z.imag();
};

/// `std::atomic` of a number.
template <class T>
concept atomic_class = plain_number<typename T::value_type> && requires(T const& number) {
  number.is_lock_free();
  number.load();
};

/// `std::bitset`, which is a class of its own and no container.
template <class T>
concept bits_class = requires(T const& bits) {
  bits.to_ullong();
  bits.count();
};

template <class T>
concept known_leaf_class = text_class<T> || time_class<T> || complex_class<T> || atomic_class<T> || bits_class<T>;

}  // namespace commfold::detail
