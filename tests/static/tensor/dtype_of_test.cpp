// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dtype_of.hpp>

#include <complex>
#include <cstddef>
#include <cstdint>

namespace {
struct my_half {
  unsigned short bits;
};
}  // namespace
template <>
inline constexpr commfold::dtype commfold::dtype_of<my_half> = commfold::f16;

namespace {
namespace cf = commfold;

static_assert(cf::dtype_of<float> == cf::f32 && cf::dtype_of<double> == cf::f64 && cf::dtype_of<bool> == cf::boolean);
static_assert(cf::dtype_of<float const> == cf::f32);
static_assert(cf::dtype_of<std::int8_t> == cf::i8 && cf::dtype_of<std::uint8_t> == cf::u8 && cf::dtype_of<std::byte> == cf::u8);
static_assert(cf::dtype_of<signed char> == cf::i8 && cf::dtype_of<char8_t> == cf::u8);
static_assert(cf::dtype_of<std::int16_t> == cf::i16 && cf::dtype_of<std::uint16_t> == cf::u16);
static_assert(cf::dtype_of<std::int32_t> == cf::i32 && cf::dtype_of<std::uint32_t> == cf::u32);
static_assert(cf::dtype_of<std::int64_t> == cf::i64 && cf::dtype_of<std::uint64_t> == cf::u64);
// long and long long are different types, one of which is no fixed-width alias.
static_assert(cf::dtype_of<long long> == cf::i64 && cf::dtype_of<unsigned long long> == cf::u64);
static_assert(cf::dtype_of<long> == (sizeof(long) == 8 ? cf::i64 : cf::i32));
static_assert(cf::dtype_of<std::complex<float>> == cf::c64 && cf::dtype_of<std::complex<double>> == cf::c128);
#if defined(__FLT16_MANT_DIG__)
static_assert(cf::dtype_of<_Float16> == cf::f16);
#endif
static_assert(cf::dtype_of<my_half> == cf::f16 && cf::dtype_of<my_half const> == cf::f16);

}  // namespace
