// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/reductions.hpp
/// Which reductions a dtype has: there is no greatest complex number, and a float has no bits to combine.

#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <cstddef>
#include <optional>

namespace commfold::detail {

/// Dtypes that have the same reductions. Of `opaque` ones nothing is known to be computed: bits, quantized values, which mean nothing
/// without a scale, and several values in one element.
enum class arithmetic : unsigned char { truth, integer, floating, narrow_floating, complex, opaque };

constexpr arithmetic arithmetic_of(dtype d) noexcept {
  switch (d) {
    case dtype::boolean:
      return arithmetic::truth;
    case dtype::float16:
    case dtype::bfloat16:
    case dtype::float32:
    case dtype::float64:
      return arithmetic::floating;
    case dtype::float8_e5m2:
    case dtype::float8_e4m3fn:
    case dtype::float8_e5m2fnuz:
    case dtype::float8_e4m3fnuz:
    case dtype::float8_e8m0fnu:
      return arithmetic::narrow_floating;
    case dtype::complex32:
    case dtype::complex64:
    case dtype::complex128:
      return arithmetic::complex;
    case dtype::qint8:
    case dtype::quint8:
    case dtype::qint32:
    case dtype::quint4x2:
    case dtype::quint2x4:
    case dtype::bits1x8:
    case dtype::bits2x4:
    case dtype::bits4x2:
    case dtype::bits8:
    case dtype::bits16:
    case dtype::float4_e2m1fn_x2:
    case dtype::float8_e8m0fnu_x4:
      return arithmetic::opaque;
    case dtype::uint8:
    case dtype::int8:
    case dtype::int16:
    case dtype::int32:
    case dtype::int64:
    case dtype::uint16:
    case dtype::uint32:
    case dtype::uint64:
    case dtype::uint1:
    case dtype::uint2:
    case dtype::uint3:
    case dtype::uint4:
    case dtype::uint5:
    case dtype::uint6:
    case dtype::uint7:
    case dtype::int1:
    case dtype::int2:
    case dtype::int3:
    case dtype::int4:
    case dtype::int5:
    case dtype::int6:
    case dtype::int7:
      break;
  }
  return arithmetic::integer;
}

/// Sources: `supports_complex` in torch/distributed/distributed_c10d.py (complex tensors go as pairs of real ones, of which sums and
/// averages alone are those of the complex numbers); gloo's reductions in ProcessGroupGloo.cpp ("with non-integral dtype");
/// `getNcclReduceOp` in ProcessGroupNCCL.cpp (no average of bool, a factor for half, bfloat16, float and double alone). What some backend
/// only lacks, as gloo an average, is not refused.
constexpr bool has_reduction(dtype d, reduce_op how) noexcept {
  arithmetic const a = arithmetic_of(d);
  switch (how) {
    case reduce_op::sum:
      return a != arithmetic::opaque;
    case reduce_op::avg:
      return a != arithmetic::opaque && a != arithmetic::truth;
    case reduce_op::premul_sum:
      return a == arithmetic::floating || a == arithmetic::complex;
    case reduce_op::product:
    case reduce_op::min:
    case reduce_op::max:
      return a != arithmetic::opaque && a != arithmetic::complex;
    case reduce_op::band:
    case reduce_op::bor:
    case reduce_op::bxor:
      break;
  }
  return a == arithmetic::integer || a == arithmetic::truth;
}

[[noreturn, gnu::cold]] constexpr void fail_reduction(char const* verb, reduce_op how, dtype d) {
  fail<invalid_argument>(verb, "{} has no reduction '{}'", name(d), name(how));
}
/// Refuses a reduction that the dtype does not have.
constexpr void expect_reduction(char const* verb, reduce_op how, dtype d) {
  if (!has_reduction(d, how)) fail_reduction(verb, how, d);
}
/// Without a dtype there is nothing to reduce.
template <class D>
constexpr void expect_reduction(char const* verb, reduce_op how, std::optional<D> const& d) {
  if (d) expect_reduction(verb, how, *d);
}

/// The tensor that a reduction makes of each rank's, with a storage of its own; refused where the dtype does not have the reduction. Our
/// own tensors by an overload, which compilers instantiate once for each type.
struct reduced {
  template <dtype D, std::size_t... E>
  static constexpr tensor<D, E...> of(char const* verb, reduce_op how, tensor<D, E...> const& t) {
    expect_reduction(verb, how, D);
    return t;
  }
  template <class T>
  static constexpr auto of(char const* verb, reduce_op how, T const& t) {
    expect_reduction(verb, how, dtype_of_tensor(t));
    return same_shape::of(t);
  }
};

}  // namespace commfold::detail
