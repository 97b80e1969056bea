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

// A type that does not know a length or a dimension forgets no more than it must.
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), argument{}, argument{}).result.sizes[0] == 2);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), at(1), argument{}, argument{}).result.sizes[1] == cf::dyn);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), argument{}, at(0), at(1)).result.sizes[0] == cf::dyn);
static_assert(narrow_rule::of(cf::f32, two_by_three(3), argument{}, at(0), at(1)).result.strides[0] == 3);
static_assert(select_rule::of(cf::f32, two_by_three(3), argument{}, at(0)).result.rank == 1);
static_assert(select_rule::of(cf::f32, two_by_three(3), argument{}, at(0)).result.strides[0] == cf::dyn);

}  // namespace
