// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/layout/reshape_rule.hpp>

#include <initializer_list>

namespace {
namespace cf = commfold;
using namespace cf::detail;

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
constexpr bool views_as(layout const& l, std::initializer_list<std::size_t> sizes, std::initializer_list<std::size_t> strides) {
  layout r;
  for (std::size_t const n : sizes) r.sizes[r.rank++] = n;
  if (!set_view_strides(l, r)) return false;
  std::size_t i = 0;
  for (std::size_t const s : strides)
    if (r.strides[i++] != s) return false;
  return true;
}

// The rule of PyTorch's view: new sizes cut along what lies contiguously.
static_assert(views_as(two_by_three(3), {6}, {1}) && views_as(two_by_three(3), {3, 2}, {2, 1}));
static_assert(!views_as(two_by_three(4), {6}, {}) && !views_as(two_by_three(4), {3, 2}, {}));
static_assert(views_as(two_by_three(4), {2, 1, 3, 1}, {4, 3, 1, 1}));
static_assert(views_as(two_by_three(4), {1, 2, 3}, {8, 4, 1}));

// The stride of a size of 1 says nothing: torch.empty(2, 3)[:, None] and the like still view as one row.
constexpr layout two_by_one_by_three() {
  layout l = two_by_three(3);
  l.rank = 3;
  l.sizes[1] = 1;
  l.sizes[2] = 3;
  l.strides[1] = 99;
  l.strides[2] = 1;
  return l;
}
static_assert(views_as(two_by_one_by_three(), {6}, {1}));

// The refusals carry the numbers.
static_assert(reshape_rule::of(cf::f32, two_by_three(3), true_argument(4)).why == refusal::elements_differ);
static_assert(reshape_rule::of(cf::f32, two_by_three(3), true_argument(4)).given == 4);
static_assert(reshape_rule::of(cf::f32, two_by_three(3), true_argument(4)).limit == 6);

// A view keeps the storage, a copy has one that is just large enough, and where a size is open it is not known which it will be.
static_assert(reshape_rule::of(cf::f32, two_by_three(3), true_argument(6)).result.storage == 400);
static_assert(reshape_rule::of(cf::f32, two_by_three(4), true_argument(6)).result.storage == 24);
static_assert(reshape_rule::of(cf::f32, two_by_three(4), argument{}).result.storage == cf::dyn);

}  // namespace
