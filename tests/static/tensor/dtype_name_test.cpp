// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dtype_name.hpp>

namespace {
namespace cf = commfold;

static_assert(cf::dtype_from_name("bfloat16") == cf::bf16 && cf::dtype_from_name("torch.bfloat16") == cf::bf16);
static_assert(cf::dtype_from_name("bf16") == cf::bf16 && cf::dtype_from_name("BF16") == cf::bf16);
static_assert(cf::dtype_from_name("torch.bool") == cf::boolean && cf::dtype_from_name("BOOL") == cf::boolean);
static_assert(cf::dtype_from_name("F8_E4M3") == cf::f8e4m3fn && cf::dtype_from_name("F8_E4M3FNUZ") == cf::f8e4m3fnuz);
static_assert(cf::dtype_from_name("U8") == cf::u8 && cf::dtype_from_name("I64") == cf::i64 && cf::dtype_from_name("F4") == cf::f4e2m1fn_x2);
// torch's second names. `long` is 64 bits on every platform, `cfloat` is a pair of floats.
static_assert(cf::dtype_from_name("torch.float") == cf::f32 && cf::dtype_from_name("double") == cf::f64);
static_assert(cf::dtype_from_name("half") == cf::f16 && cf::dtype_from_name("long") == cf::i64 && cf::dtype_from_name("int") == cf::i32);
static_assert(cf::dtype_from_name("short") == cf::i16 && cf::dtype_from_name("chalf") == cf::c32);
static_assert(cf::dtype_from_name("fp16") == cf::f16 && cf::dtype_from_name("fp32") == cf::f32 && cf::dtype_from_name("fp64") == cf::f64);
static_assert(cf::dtype_from_name("cfloat") == cf::c64 && cf::dtype_from_name("cdouble") == cf::c128);

consteval bool every_name_finds_its_own() {
  for (auto const& row : cf::detail::dtype_table) {
    if (cf::dtype_from_name(row.name) != row.id || cf::dtype_from_name(row.short_name) != row.id) return false;
    if (!row.safetensors.empty() && cf::dtype_from_name(row.safetensors) != row.id) return false;
  }
  return true;
}
static_assert(every_name_finds_its_own());

}  // namespace
