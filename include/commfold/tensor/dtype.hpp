// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dtype.hpp
/// The element types of PyTorch, what they are called, and how many bits an element takes.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <string_view>

namespace commfold {

/// Every dtype of PyTorch 2.14, under torch's name (`torch.bool` is `boolean`, since C++ keeps the word). The value of each
/// enumerator is that of `c10::ScalarType`, so a cast between the two is right.
enum class dtype : unsigned char {
  // clang-format off
  uint8, int8, int16, int32, int64, float16, float32, float64, complex32, complex64, complex128, boolean,
  qint8, quint8, qint32, bfloat16, quint4x2, quint2x4, bits1x8, bits2x4, bits4x2, bits8, bits16,
  float8_e5m2, float8_e4m3fn, float8_e5m2fnuz, float8_e4m3fnuz, uint16, uint32, uint64,
  uint1, uint2, uint3, uint4, uint5, uint6, uint7, int1, int2, int3, int4, int5, int6, int7,
  float8_e8m0fnu, float4_e2m1fn_x2, float8_e8m0fnu_x4
  // clang-format on
};

inline constexpr dtype f64 = dtype::float64, f32 = dtype::float32, f16 = dtype::float16, bf16 = dtype::bfloat16;
inline constexpr dtype f8e4m3fn = dtype::float8_e4m3fn, f8e4m3fnuz = dtype::float8_e4m3fnuz;
inline constexpr dtype f8e5m2 = dtype::float8_e5m2, f8e5m2fnuz = dtype::float8_e5m2fnuz, f8e8m0fnu = dtype::float8_e8m0fnu;
inline constexpr dtype f8e8m0fnu_x4 = dtype::float8_e8m0fnu_x4, f4e2m1fn_x2 = dtype::float4_e2m1fn_x2;
inline constexpr dtype c32 = dtype::complex32, c64 = dtype::complex64, c128 = dtype::complex128;
inline constexpr dtype i8 = dtype::int8, i16 = dtype::int16, i32 = dtype::int32, i64 = dtype::int64;
inline constexpr dtype u8 = dtype::uint8, u16 = dtype::uint16, u32 = dtype::uint32, u64 = dtype::uint64;
inline constexpr dtype i1 = dtype::int1, i2 = dtype::int2, i3 = dtype::int3, i4 = dtype::int4;
inline constexpr dtype i5 = dtype::int5, i6 = dtype::int6, i7 = dtype::int7;
inline constexpr dtype u1 = dtype::uint1, u2 = dtype::uint2, u3 = dtype::uint3, u4 = dtype::uint4;
inline constexpr dtype u5 = dtype::uint5, u6 = dtype::uint6, u7 = dtype::uint7;
inline constexpr dtype boolean = dtype::boolean;

namespace detail {

/// All that the library knows of one dtype.
struct dtype_entry {
  dtype id;
  std::string_view name;         ///< torch's name, without `torch.`
  std::string_view short_name;   ///< the name of the constant above, or torch's name again where there is none
  std::string_view safetensors;  ///< the name in a safetensors header, empty where the format has none
  unsigned char bits;            ///< what one element takes in storage, as PyTorch allocates it
  unsigned char value_bits;      ///< the width of one value: 4 for `uint4`, whose element PyTorch keeps in a byte
};

// A string_view of a plain literal counts its characters, at every inclusion; with sv it does not.
using std::string_view_literals::operator""sv;

// Sources: c10/core/ScalarType.h (the sizeof of each C++ type: a byte for int1..int7 and uint1..uint7, and for every packed type),
// ATen/quantized/Quantizer.cpp (quint4x2 and quint2x4 count values, packed 2 and 4 to the byte), safetensors' Dtype and its torch binding.
inline constexpr dtype_entry dtype_table[] = {
    {dtype::uint8, "uint8"sv, "u8"sv, "U8"sv, 8, 8},
    {dtype::int8, "int8"sv, "i8"sv, "I8"sv, 8, 8},
    {dtype::int16, "int16"sv, "i16"sv, "I16"sv, 16, 16},
    {dtype::int32, "int32"sv, "i32"sv, "I32"sv, 32, 32},
    {dtype::int64, "int64"sv, "i64"sv, "I64"sv, 64, 64},
    {dtype::float16, "float16"sv, "f16"sv, "F16"sv, 16, 16},
    {dtype::float32, "float32"sv, "f32"sv, "F32"sv, 32, 32},
    {dtype::float64, "float64"sv, "f64"sv, "F64"sv, 64, 64},
    {dtype::complex32, "complex32"sv, "c32"sv, ""sv, 32, 32},
    {dtype::complex64, "complex64"sv, "c64"sv, "C64"sv, 64, 64},
    {dtype::complex128, "complex128"sv, "c128"sv, ""sv, 128, 128},
    {dtype::boolean, "bool"sv, "boolean"sv, "BOOL"sv, 8, 1},
    {dtype::qint8, "qint8"sv, "qint8"sv, ""sv, 8, 8},
    {dtype::quint8, "quint8"sv, "quint8"sv, ""sv, 8, 8},
    {dtype::qint32, "qint32"sv, "qint32"sv, ""sv, 32, 32},
    {dtype::bfloat16, "bfloat16"sv, "bf16"sv, "BF16"sv, 16, 16},
    {dtype::quint4x2, "quint4x2"sv, "quint4x2"sv, ""sv, 4, 4},
    {dtype::quint2x4, "quint2x4"sv, "quint2x4"sv, ""sv, 2, 2},
    {dtype::bits1x8, "bits1x8"sv, "bits1x8"sv, ""sv, 8, 1},
    {dtype::bits2x4, "bits2x4"sv, "bits2x4"sv, ""sv, 8, 2},
    {dtype::bits4x2, "bits4x2"sv, "bits4x2"sv, ""sv, 8, 4},
    {dtype::bits8, "bits8"sv, "bits8"sv, ""sv, 8, 8},
    {dtype::bits16, "bits16"sv, "bits16"sv, ""sv, 16, 16},
    {dtype::float8_e5m2, "float8_e5m2"sv, "f8e5m2"sv, "F8_E5M2"sv, 8, 8},
    {dtype::float8_e4m3fn, "float8_e4m3fn"sv, "f8e4m3fn"sv, "F8_E4M3"sv, 8, 8},
    {dtype::float8_e5m2fnuz, "float8_e5m2fnuz"sv, "f8e5m2fnuz"sv, "F8_E5M2FNUZ"sv, 8, 8},
    {dtype::float8_e4m3fnuz, "float8_e4m3fnuz"sv, "f8e4m3fnuz"sv, "F8_E4M3FNUZ"sv, 8, 8},
    {dtype::uint16, "uint16"sv, "u16"sv, "U16"sv, 16, 16},
    {dtype::uint32, "uint32"sv, "u32"sv, "U32"sv, 32, 32},
    {dtype::uint64, "uint64"sv, "u64"sv, "U64"sv, 64, 64},
    {dtype::uint1, "uint1"sv, "u1"sv, ""sv, 8, 1},
    {dtype::uint2, "uint2"sv, "u2"sv, ""sv, 8, 2},
    {dtype::uint3, "uint3"sv, "u3"sv, ""sv, 8, 3},
    {dtype::uint4, "uint4"sv, "u4"sv, ""sv, 8, 4},
    {dtype::uint5, "uint5"sv, "u5"sv, ""sv, 8, 5},
    {dtype::uint6, "uint6"sv, "u6"sv, ""sv, 8, 6},
    {dtype::uint7, "uint7"sv, "u7"sv, ""sv, 8, 7},
    {dtype::int1, "int1"sv, "i1"sv, ""sv, 8, 1},
    {dtype::int2, "int2"sv, "i2"sv, ""sv, 8, 2},
    {dtype::int3, "int3"sv, "i3"sv, ""sv, 8, 3},
    {dtype::int4, "int4"sv, "i4"sv, ""sv, 8, 4},
    {dtype::int5, "int5"sv, "i5"sv, ""sv, 8, 5},
    {dtype::int6, "int6"sv, "i6"sv, ""sv, 8, 6},
    {dtype::int7, "int7"sv, "i7"sv, ""sv, 8, 7},
    {dtype::float8_e8m0fnu, "float8_e8m0fnu"sv, "f8e8m0fnu"sv, "F8_E8M0"sv, 8, 8},
    {dtype::float4_e2m1fn_x2, "float4_e2m1fn_x2"sv, "f4e2m1fn_x2"sv, "F4"sv, 8, 4},
    {dtype::float8_e8m0fnu_x4, "float8_e8m0fnu_x4"sv, "f8e8m0fnu_x4"sv, ""sv, 32, 8},
};
inline constexpr std::size_t dtype_count = sizeof(dtype_table) / sizeof(dtype_table[0]);

constexpr dtype_entry const& dtype_entry_of(dtype d, char const* verb) {
  auto const code = static_cast<std::size_t>(d);
  if (code >= dtype_count) fail<invalid_argument>(verb, "{} is the code of no dtype", code);
  return dtype_table[code];
}

/// PyTorch packs several elements of these into a byte, within each row of the last dimension; a row starts on a byte.
constexpr bool packs_rows(dtype d) noexcept { return d == dtype::quint4x2 || d == dtype::quint2x4; }

/// How many elements of a type that PyTorch packs share a byte.
constexpr std::size_t elements_in_a_byte(dtype d) noexcept { return d == dtype::quint2x4 ? 4 : 2; }

/// ⌈numel * bits / 8⌉, computed without the product numel * bits, which may overflow where the result does not.
constexpr size_result try_bytes(std::size_t bits, std::size_t numel) noexcept {
  if (bits % 8 == 0) return try_multiply(numel, bits / 8);
  size_result const whole = try_multiply(numel / 8, bits);
  size_result const all = try_add(whole.value, (numel % 8 * bits + 7) / 8);
  return {all.value, whole.fits && all.fits};
}

}  // namespace detail

/// torch's name without `torch.`: `name(bf16)` is `"bfloat16"`.
[[nodiscard]] constexpr std::string_view name(dtype d) { return detail::dtype_entry_of(d, "commfold::name").name; }

/// Bits that one element takes in storage. For packed types that is the element as PyTorch's sizes count it: a `float4_e2m1fn_x2` holds
/// two values in its 8 bits, a `quint4x2` is one value of 4.
[[nodiscard]] constexpr std::size_t bits(dtype d) { return detail::dtype_entry_of(d, "commfold::bits").bits; }

/// Bits of one value, before any padding to whole bytes: 4 for `uint4`, 1 for `boolean`, 4 for `float4_e2m1fn_x2`.
[[nodiscard]] constexpr std::size_t value_bits(dtype d) { return detail::dtype_entry_of(d, "commfold::value_bits").value_bits; }

/// Bytes of one element. `quint4x2` and `quint2x4` have no such number: `invalid_argument`; ask `bytes_of`.
[[nodiscard]] constexpr std::size_t itemsize(dtype d) {
  detail::dtype_entry const& entry = detail::dtype_entry_of(d, "commfold::itemsize");
  if (entry.bits % 8 != 0)
    detail::fail<invalid_argument>("commfold::itemsize", "an element of {} has {} bits, not whole bytes; ask bytes_of(dtype, numel)",
                                   entry.name, std::size_t{entry.bits});
  return entry.bits / 8u;
}

/// bytes_of(d, n) = ⌈n * bits(d) / 8⌉: n elements in one row. Throws `overflow_error` where that does not fit, `invalid_argument` for a
/// negative n.
template <size_like N>
[[nodiscard]] constexpr std::size_t bytes_of(dtype d, N const& numel) {
  std::size_t const n = detail::to_size(numel, "commfold::bytes_of");
  detail::size_result const r = detail::try_bytes(detail::dtype_entry_of(d, "commfold::bytes_of").bits, n);
  if (!r.fits) detail::fail<overflow_error>("commfold::bytes_of", "the bytes of {} elements of {} do not fit std::size_t", n, name(d));
  return r.value;
}

/// The name of the constant: `short_name(dtype::bfloat16)` is `"bf16"`; torch's name where there is none.
[[nodiscard]] constexpr std::string_view short_name(dtype d) { return detail::dtype_entry_of(d, "commfold::short_name").short_name; }

/// The name in a safetensors header (`"BF16"`, `"F8_E4M3"`), empty where the format has none. Its `F4` counts values, torch's
/// `float4_e2m1fn_x2` pairs of them.
[[nodiscard]] constexpr std::string_view safetensors_name(dtype d) {
  return detail::dtype_entry_of(d, "commfold::safetensors_name").safetensors;
}

}  // namespace commfold
