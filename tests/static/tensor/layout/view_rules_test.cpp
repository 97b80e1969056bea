// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/layout/view_rules.hpp>

namespace {
namespace cf = commfold;
using namespace cf::detail;

constexpr argument at(long long n) { return true_argument(n); }

constexpr layout two_by_three(std::size_t row_stride) {
  layout l;
  l.rank = 2;
  l.sizes[0] = 2;
  l.sizes[1] = 3;
  l.strides[0] = row_stride;
  l.strides[1] = 1;
  l.storage = 400;
  return l;
}

// The refusals carry the numbers.
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), at(2), at(2)).why == refusal::end_beyond_extent);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), at(2), at(2)).given == 4 &&
              narrow_rule::of(cf::f32, two_by_three(3), at(1), at(2), at(2)).limit == 3);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), at(4), at(0)).why == refusal::start_beyond_extent);
static_assert(select_rule::of(cf::f32, two_by_three(3), at(0), at(2)).why == refusal::index_beyond_extent);
static_assert(transpose_rule::of(cf::f32, two_by_three(3), at(0), at(2)).why == refusal::dimension_beyond_rank);

// The number of an argument may be as large as `dyn`, which stands for an open number in a type and not in an argument.
constexpr argument most = true_argument(cf::dyn);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), at(2), most).why == refusal::length_beyond_extent &&
              narrow_rule::of(cf::f32, two_by_three(3), at(1), at(2), most).given == cf::dyn);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), at(0), most).why == refusal::end_beyond_extent);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), most, at(0)).why == refusal::start_beyond_extent);
static_assert(select_rule::of(cf::f32, two_by_three(3), at(0), most).why == refusal::index_beyond_extent);
static_assert(expand_rule::of(cf::f32, two_by_three(3), at(2), most).why == refusal::extent_is_not_1);

// Of a packed dtype a row is cut between two bytes, and keeps its place.
constexpr auto packed = cf::dtype::quint4x2;  // two elements a byte
static_assert(narrow_rule::of(packed, two_by_three(3), at(0), at(1), at(1)).why == refusal::none);
static_assert(narrow_rule::of(packed, two_by_three(3), at(1), at(0), at(2)).why == refusal::none &&
              narrow_rule::of(packed, two_by_three(3), at(1), at(2), at(1)).why == refusal::none &&
              narrow_rule::of(packed, two_by_three(3), at(1), at(0), at(3)).why == refusal::none &&
              narrow_rule::of(packed, two_by_three(3), at(1), at(1), at(0)).why == refusal::none);
static_assert(narrow_rule::of(packed, two_by_three(3), at(1), at(1), at(2)).why == refusal::packed_row_is_cut &&
              narrow_rule::of(packed, two_by_three(3), at(1), at(0), at(1)).why == refusal::packed_row_is_cut);
static_assert(select_rule::of(packed, two_by_three(3), at(0), at(1)).why == refusal::none &&
              select_rule::of(packed, two_by_three(3), at(1), at(1)).why == refusal::packed_row_is_cut);
static_assert(transpose_rule::of(packed, two_by_three(3), at(0), at(1)).why == refusal::packed_rows_change);
static_assert(expand_rule::of(packed, two_by_three(3), at(5), at(2), at(3)).why == refusal::none);

// A type that does not know a length or a dimension forgets no more than it must.
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), argument{}, argument{}).result.sizes[0] == 2);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), argument{}, argument{}).result.sizes[1] == cf::dyn);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), argument{}, at(0), at(1)).result.sizes[0] == cf::dyn);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), argument{}, at(0), at(1)).result.strides[0] == 3);
static_assert(select_rule::of(cf::f32, two_by_three(3), argument{}, at(0)).result.rank == 1);
static_assert(select_rule::of(cf::f32, two_by_three(3), argument{}, at(0)).result.strides[0] == cf::dyn);

}  // namespace
