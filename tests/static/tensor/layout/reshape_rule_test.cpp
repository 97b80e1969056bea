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

// More elements than can be counted are not the elements of any shape, of the tensor and of the sizes alike.
constexpr layout expanded_to_2_to_80() {
  layout l = two_by_three(0);
  l.strides[1] = 0;
  l.sizes[0] = l.sizes[1] = std::size_t{1} << 40;
  return l;
}
static_assert(reshape_rule::of(cf::f32, expanded_to_2_to_80(), true_argument(5)).why == refusal::too_many_elements &&
              reshape_rule::of(cf::f32, expanded_to_2_to_80(), true_argument(-1)).why == refusal::too_many_elements);
constexpr argument huge = true_argument(std::size_t{1} << 40);
static_assert(reshape_rule::of(cf::f32, two_by_three(3), huge, huge).why == refusal::sizes_too_large &&
              reshape_rule::of(cf::f32, two_by_three(3), huge, huge, true_argument(-1)).why == refusal::sizes_too_large);
static_assert(reshape_rule::of(cf::f32, two_by_three(3), true_argument(cf::dyn), true_argument(-1)).why == refusal::elements_do_not_divide);

// Rows of a packed dtype stay as long, or are whole bytes.
static_assert(reshape_rule::of(cf::dtype::quint4x2, two_by_three(3), true_argument(6)).why == refusal::packed_rows_change &&
              reshape_rule::of(cf::dtype::quint4x2, two_by_three(3), true_argument(3), true_argument(2)).why ==
                  refusal::packed_rows_change);
static_assert(reshape_rule::of(cf::dtype::quint4x2, two_by_three(3), true_argument(2), true_argument(1), true_argument(3)).why ==
              refusal::none);

// A view keeps the storage, a copy has one that is just large enough, and where a size is open it is not known which it will be.
static_assert(reshape_rule::of(cf::f32, two_by_three(3), true_argument(6)).result.storage == 400);
static_assert(reshape_rule::of(cf::f32, two_by_three(4), true_argument(6)).result.storage == 24);
static_assert(reshape_rule::of(cf::f32, two_by_three(4), argument{}).result.storage == cf::dyn);

}  // namespace
