// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dtype_of.hpp
/// The dtype of a C++ element type.

#include <commfold/tensor/dtype.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace commfold {
namespace detail {

/// Stands for "no dtype": a code that none has.
inline constexpr dtype no_dtype = static_cast<dtype>(255);

constexpr dtype integer_dtype(std::size_t size, bool is_signed) {
  switch (size) {
    case 1:
      return is_signed ? i8 : u8;
    case 2:
      return is_signed ? i16 : u16;
    case 4:
      return is_signed ? i32 : u32;
    case 8:
      return is_signed ? i64 : u64;
    default:
      return no_dtype;
  }
}

constexpr dtype complex_dtype(dtype part) { return part == f16 ? c32 : part == f32 ? c64 : part == f64 ? c128 : no_dtype; }

/// std::complex, thrust::complex, c10::complex, …: recognized by their members, so that <complex> need not be included.
template <class T>
concept complex_like = requires(T const& z) {
  typename T::value_type;
  { z.real() } -> std::convertible_to<typename T::value_type>;
  { z.imag() } -> std::convertible_to<typename T::value_type>;
  requires sizeof(T) == 2 * sizeof(typename T::value_type);
};

template <class T>
consteval dtype deduced_dtype() {
  if constexpr (std::same_as<T, bool>)
    return boolean;
  else if constexpr (std::same_as<T, float>)
    return f32;
  else if constexpr (std::same_as<T, double>)
    return f64;
#if defined(__FLT16_MANT_DIG__)
  else if constexpr (std::same_as<T, _Float16>)
    return f16;
#endif
#if defined(__STDCPP_BFLOAT16_T__)
  else if constexpr (std::same_as<T, decltype(0.0bf16)>)
    return bf16;
#endif
#if defined(__STDCPP_FLOAT32_T__)
  else if constexpr (std::same_as<T, decltype(0.0f32)>)
    return f32;
#endif
#if defined(__STDCPP_FLOAT64_T__)
  else if constexpr (std::same_as<T, decltype(0.0f64)>)
    return f64;
#endif
  else if constexpr (std::same_as<T, std::byte> || std::same_as<T, char8_t>)
    return u8;
  else if constexpr (std::same_as<T, wchar_t> || std::same_as<T, char16_t> || std::same_as<T, char32_t>)
    return no_dtype;
  else if constexpr (std::integral<T>)
    return integer_dtype(sizeof(T), std::is_signed_v<T>);
  else if constexpr (complex_like<T>)
    return complex_dtype(deduced_dtype<typename T::value_type>());
  else
    return no_dtype;
}

template <class T>
consteval dtype dtype_or_refuse() {
  constexpr dtype found = deduced_dtype<T>();
  static_assert(found != no_dtype,
                "commfold::dtype_of: this type has no dtype; specialise commfold::dtype_of<T>, as in "
                "`template <> inline constexpr commfold::dtype commfold::dtype_of<my_half> = commfold::f16;`");
  return found;
}

}  // namespace detail

/// Customization point. The dtype of a C++ element type: bool, integers by size and signedness (characters and `std::byte` are bytes),
/// floating-point types by format, complex numbers by their parts. Specialise it for a type of your own; a type it does not know is one
/// compile error, and `long double` is such a type.
template <class T>
inline constexpr dtype dtype_of = detail::dtype_or_refuse<T>();

template <class T>
inline constexpr dtype dtype_of<T const> = dtype_of<T>;

}  // namespace commfold
