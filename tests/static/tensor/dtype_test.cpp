// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dtype.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

static_assert(sizeof(cf::dtype) == 1);

// torch.empty(1, dtype=…).element_size(), as PyTorch documents it.
static_assert(cf::itemsize(cf::f16) == 2 && cf::itemsize(cf::f32) == 4 && cf::itemsize(cf::f64) == 8 && cf::itemsize(cf::bf16) == 2);
static_assert(cf::itemsize(cf::c32) == 4 && cf::itemsize(cf::c64) == 8 && cf::itemsize(cf::c128) == 16);  // the name counts both parts
static_assert(cf::itemsize(cf::boolean) == 1);
static_assert(cf::itemsize(cf::i8) == 1 && cf::itemsize(cf::i16) == 2 && cf::itemsize(cf::i32) == 4 && cf::itemsize(cf::i64) == 8);
static_assert(cf::itemsize(cf::u8) == 1 && cf::itemsize(cf::u16) == 2 && cf::itemsize(cf::u32) == 4 && cf::itemsize(cf::u64) == 8);
static_assert(cf::itemsize(cf::f8e4m3fn) == 1 && cf::itemsize(cf::f8e4m3fnuz) == 1 && cf::itemsize(cf::f8e5m2) == 1);
static_assert(cf::itemsize(cf::f8e5m2fnuz) == 1 && cf::itemsize(cf::f8e8m0fnu) == 1 && cf::itemsize(cf::f8e8m0fnu_x4) == 4);
static_assert(cf::itemsize(cf::f4e2m1fn_x2) == 1);  // an element is a pair of values
static_assert(cf::itemsize(cf::dtype::qint8) == 1 && cf::itemsize(cf::dtype::quint8) == 1 && cf::itemsize(cf::dtype::qint32) == 4);
static_assert(cf::itemsize(cf::dtype::bits1x8) == 1 && cf::itemsize(cf::dtype::bits2x4) == 1 && cf::itemsize(cf::dtype::bits4x2) == 1);
static_assert(cf::itemsize(cf::dtype::bits8) == 1 && cf::itemsize(cf::dtype::bits16) == 2);
// Shell dtypes: PyTorch keeps each value in a byte, whatever its width.
static_assert(cf::itemsize(cf::i1) == 1 && cf::itemsize(cf::i7) == 1 && cf::itemsize(cf::u1) == 1 && cf::itemsize(cf::u4) == 1);
static_assert(cf::value_bits(cf::u4) == 4 && cf::value_bits(cf::i1) == 1 && cf::value_bits(cf::i7) == 7 && cf::value_bits(cf::bf16) == 16);
static_assert(cf::value_bits(cf::f4e2m1fn_x2) == 4 && cf::bits(cf::f4e2m1fn_x2) == 8);
static_assert(cf::value_bits(cf::boolean) == 1 && cf::bits(cf::boolean) == 8);

// Packed quantised types count values: two and four to the byte, the last byte begun is a whole one.
static_assert(cf::bits(cf::dtype::quint4x2) == 4 && cf::bits(cf::dtype::quint2x4) == 2);
static_assert(cf::bytes_of(cf::dtype::quint4x2, 0) == 0 && cf::bytes_of(cf::dtype::quint4x2, 1) == 1);
static_assert(cf::bytes_of(cf::dtype::quint4x2, 2) == 1 && cf::bytes_of(cf::dtype::quint4x2, 3) == 2);
static_assert(cf::bytes_of(cf::dtype::quint2x4, 4) == 1 && cf::bytes_of(cf::dtype::quint2x4, 5) == 2 &&
              cf::bytes_of(cf::dtype::quint2x4, 9) == 3);
static_assert(cf::bytes_of(cf::bf16, 70'553'706'496) == 141'107'412'992);  // Llama-3-70B
static_assert(cf::bytes_of(cf::f32, cf::size_c<3>) == 12);
// numel * bits overflows here, the bytes do not.
static_assert(cf::bytes_of(cf::dtype::quint4x2, static_cast<std::size_t>(-1)) == std::size_t{1} << 63);
static_assert(cf::bytes_of(cf::u8, static_cast<std::size_t>(-1)) == static_cast<std::size_t>(-1));

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(!is_a_constant<[] { return cf::bytes_of(cf::f32, std::size_t{1} << 62); }>);
static_assert(!is_a_constant<[] { return cf::bytes_of(cf::f32, -1); }>);
static_assert(!is_a_constant<[] { return cf::itemsize(cf::dtype::quint4x2); }>);
static_assert(!is_a_constant<[] { return cf::bits(static_cast<cf::dtype>(200)); }>);

static_assert(cf::name(cf::bf16) == "bfloat16" && cf::name(cf::boolean) == "bool" && cf::name(cf::f8e4m3fn) == "float8_e4m3fn");
static_assert(cf::short_name(cf::bf16) == "bf16" && cf::short_name(cf::dtype::quint4x2) == "quint4x2");
static_assert(cf::safetensors_name(cf::bf16) == "BF16" && cf::safetensors_name(cf::boolean) == "BOOL");
static_assert(cf::safetensors_name(cf::f8e4m3fn) == "F8_E4M3" && cf::safetensors_name(cf::f8e5m2fnuz) == "F8_E5M2FNUZ");
static_assert(cf::safetensors_name(cf::f8e8m0fnu) == "F8_E8M0" && cf::safetensors_name(cf::f4e2m1fn_x2) == "F4");
static_assert(cf::safetensors_name(cf::c64) == "C64" && cf::safetensors_name(cf::c128).empty());

// The numbers of c10::ScalarType, on which torch's own serialisation relies.
static_assert(static_cast<int>(cf::u8) == 0 && static_cast<int>(cf::i64) == 4 && static_cast<int>(cf::f16) == 5);
static_assert(static_cast<int>(cf::boolean) == 11 && static_cast<int>(cf::bf16) == 15 && static_cast<int>(cf::dtype::bits16) == 22);
static_assert(static_cast<int>(cf::f8e4m3fn) == 24 && static_cast<int>(cf::u16) == 27 && static_cast<int>(cf::u1) == 30);
static_assert(static_cast<int>(cf::i7) == 43 && static_cast<int>(cf::f8e8m0fnu) == 44 && static_cast<int>(cf::f4e2m1fn_x2) == 45);

// Each row of the table stands at its own number, and no name is used twice.
consteval bool the_table_is_in_order() {
  std::size_t at = 0;
  for (auto const& row : cf::detail::dtype_table)
    if (static_cast<std::size_t>(row.id) != at++) return false;
  return at == 47;
}
static_assert(the_table_is_in_order());

consteval bool names_are_unique() {
  for (auto const& a : cf::detail::dtype_table)
    for (auto const& b : cf::detail::dtype_table)
      if (a.id != b.id && (a.name == b.name || a.short_name == b.short_name || a.name == b.short_name ||
                           (a.safetensors == b.safetensors && !a.safetensors.empty())))
        return false;
  return true;
}
static_assert(names_are_unique());

}  // namespace
