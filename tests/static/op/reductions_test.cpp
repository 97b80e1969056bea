// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/reductions.hpp>

#include <initializer_list>

namespace {
namespace cf = commfold;
using cf::detail::has_reduction;
using enum cf::reduce_op;

/// Whether these dtypes have exactly these reductions.
constexpr bool have(std::initializer_list<cf::dtype> dtypes, std::initializer_list<cf::reduce_op> reductions) {
  for (cf::dtype const d : dtypes)
    for (cf::reduce_op const how : cf::all_reduce_ops) {
      bool listed = false;
      for (cf::reduce_op const one : reductions) listed = listed || one == how;
      if (has_reduction(d, how) != listed) return false;
    }
  return true;
}

// Every pair of a dtype and a reduction: PyTorch's public calls, gloo and NCCL refuse what is not listed here.
static_assert(have({cf::f16, cf::bf16, cf::f32, cf::f64}, {sum, avg, product, min, max, premul_sum}));
static_assert(have({cf::f8e4m3fn, cf::f8e4m3fnuz, cf::f8e5m2, cf::f8e5m2fnuz, cf::f8e8m0fnu}, {sum, avg, product, min, max}));
static_assert(have({cf::c32, cf::c64, cf::c128}, {sum, avg, premul_sum}));
static_assert(have({cf::i8, cf::i16, cf::i32, cf::i64, cf::u8, cf::u16, cf::u32, cf::u64}, {sum, avg, product, min, max, band, bor, bxor}));
static_assert(have({cf::i1, cf::i2, cf::i3, cf::i4, cf::i5, cf::i6, cf::i7, cf::u1, cf::u2, cf::u3, cf::u4, cf::u5, cf::u6, cf::u7},
                   {sum, avg, product, min, max, band, bor, bxor}));
static_assert(have({cf::boolean}, {sum, product, min, max, band, bor, bxor}));
static_assert(have({cf::dtype::qint8, cf::dtype::quint8, cf::dtype::qint32, cf::dtype::quint4x2, cf::dtype::quint2x4, cf::dtype::bits1x8,
                    cf::dtype::bits2x4, cf::dtype::bits4x2, cf::dtype::bits8, cf::dtype::bits16, cf::f4e2m1fn_x2, cf::f8e8m0fnu_x4},
                   {}));
// All of them are listed above: 4 + 5 + 3 + 8 + 14 + 1 + 12.
static_assert(cf::detail::dtype_count == 47);

}  // namespace
