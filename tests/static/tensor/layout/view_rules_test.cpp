// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/layout/view_rules.hpp>

namespace {
namespace cf = commfold;
using namespace cf::detail;

// Negative numbers count from the end, and reach as far as the extent.
constexpr argument at(long long n) { return true_argument(n); }
static_assert(wrap_dimension(at(-1), 3).at == 2 && wrap_dimension(at(-3), 3).at == 0 && !wrap_dimension(at(-4), 3).ok);
static_assert(wrap_dimension(at(2), 3).at == 2 && !wrap_dimension(at(3), 3).ok);
static_assert(wrap(at(3), 3, 3).ok && !wrap(at(4), 3, 3).ok);                  // a start may be one past the end
static_assert(!wrap(at(0), 0, static_cast<std::size_t>(-1)).ok);               // nothing has no index
static_assert(!wrap(argument{}, 3, 3).is_known && wrap(argument{}, 3, 3).ok);  // what is not known is not wrong yet

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
static_assert(narrowed(two_by_three(3), at(1), at(2), at(2)).why == refusal::end_beyond_extent);
static_assert(narrowed(two_by_three(3), at(1), at(2), at(2)).given == 4 && narrowed(two_by_three(3), at(1), at(2), at(2)).limit == 3);
static_assert(narrowed(two_by_three(3), at(1), at(4), at(0)).why == refusal::start_beyond_extent);
static_assert(selected(two_by_three(3), at(0), at(2)).why == refusal::index_beyond_extent);
static_assert(transposed(two_by_three(3), at(0), at(2)).why == refusal::dimension_beyond_rank);

// A type that does not know a length or a dimension forgets no more than it must.
static_assert(narrowed(two_by_three(3), at(1), argument{}, argument{}).result.sizes[0] == 2);
static_assert(narrowed(two_by_three(3), at(1), argument{}, argument{}).result.sizes[1] == cf::dyn);
static_assert(narrowed(two_by_three(3), argument{}, at(0), at(1)).result.sizes[0] == cf::dyn);
static_assert(narrowed(two_by_three(3), argument{}, at(0), at(1)).result.strides[0] == 3);
static_assert(selected(two_by_three(3), argument{}, at(0)).result.rank == 1);
static_assert(selected(two_by_three(3), argument{}, at(0)).result.strides[0] == cf::dyn);

}  // namespace
