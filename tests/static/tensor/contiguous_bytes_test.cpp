// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/contiguous_bytes.hpp>

#include <initializer_list>

namespace {
namespace cf = commfold;
using cf::dtype;
using cf::dyn;

constexpr bool is(std::size_t bytes, dtype d, std::initializer_list<std::size_t> extents) {
  cf::detail::size_result const at_run_time = cf::detail::try_contiguous_bytes(d, extents.begin(), extents.size());
  cf::detail::size_result const by_type = cf::detail::try_static_bytes(d, extents);
  return at_run_time.fits && by_type.fits && at_run_time.value == bytes && by_type.value == bytes;
}
constexpr bool overflows(dtype d, std::initializer_list<std::size_t> extents) {
  return !cf::detail::try_contiguous_bytes(d, extents.begin(), extents.size()).fits && !cf::detail::try_static_bytes(d, extents).fits;
}

// Rank 0 is one element; a zero extent is legal and weighs nothing, however large the others.
static_assert(is(8, cf::f64, {}) && is(0, cf::f32, {0, 5}) && is(24, cf::f32, {2, 3}));
constexpr std::size_t many = std::size_t{1} << 40;
static_assert(overflows(cf::f32, {many, many}) && overflows(cf::u8, {many, many, 3}));
static_assert(is(0, cf::f32, {many, many, 0}) && is(0, cf::f32, {0, many, many}));

// PyTorch starts every row of a packed quantised tensor on a byte: 3 x 3 values of 4 bits are 3 x 2 bytes, not 5.
static_assert(is(6, dtype::quint4x2, {3, 3}) && is(31 * 8, dtype::quint2x4, {31, 31}) && is(1, dtype::quint2x4, {}));
static_assert(overflows(dtype::quint4x2, {many, many}) && is(0, dtype::quint4x2, {many, many, 0}));
static_assert(is(9, cf::u4, {3, 3}) && is(9, cf::f4e2m1fn_x2, {3, 3}));

// What the type does not say is not known, whatever else is wrong.
static_assert(cf::detail::try_static_bytes(cf::f32, {2, dyn}).value == dyn && cf::detail::try_static_bytes(cf::f32, {2, dyn}).fits);
static_assert(cf::detail::try_static_bytes(cf::f32, {many, many, dyn}).value == dyn);
static_assert(cf::detail::try_static_bytes(cf::f32, {0, dyn}).value == dyn);
static_assert(cf::detail::try_static_bytes(dtype::quint4x2, {dyn, 3}).value == dyn);

}  // namespace
