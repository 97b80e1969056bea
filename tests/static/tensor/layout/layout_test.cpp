// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/layout/layout.hpp>

#include <initializer_list>

namespace {
namespace cf = commfold;
using namespace cf::detail;

constexpr layout of(std::initializer_list<std::size_t> sizes, std::initializer_list<std::size_t> strides) {
  layout l;
  for (std::size_t const n : sizes) l.sizes[l.rank++] = n;
  std::size_t r = 0;
  for (std::size_t const n : strides) l.strides[r++] = n;
  return l;
}

// torch.Tensor.is_contiguous(): only the strides of sizes above 1 matter, and without elements none does.
static_assert(is_contiguous(of({2, 3}, {3, 1})) == answer::yes && is_contiguous(of({2, 3}, {1, 2})) == answer::no);
static_assert(is_contiguous(of({1, 3}, {99, 1})) == answer::yes && is_contiguous(of({3, 1}, {1, 99})) == answer::yes);
static_assert(is_contiguous(of({0, 3}, {7, 5})) == answer::yes && is_contiguous(of({}, {})) == answer::yes);
static_assert(is_contiguous(of({4}, {2})) == answer::no && is_contiguous(of({4}, {0})) == answer::no);
// What is not known is neither.
static_assert(is_contiguous(of({cf::dyn, 3}, {3, 1})) == answer::unknown && is_contiguous(of({2, 3}, {cf::dyn, 1})) == answer::unknown);

// A product that does not fit is as good as one of a number that is not known.
constexpr std::size_t half = std::size_t{1} << (4 * sizeof(std::size_t));
static_assert(times(layout{}, 3, 4).value == 12 && !times(layout{}, cf::dyn, 4).fits && !times(layout{}, half, half).fits);
static_assert(elements_of(of({2, 5}, {})).value == 10 && !elements_of(of({half, half}, {})).fits);

// In an exact layout `dyn` is a number like any other.
constexpr layout exactly(layout l) {
  l.exact = true;
  return l;
}
static_assert(times(exactly({}), cf::dyn, 1).fits && times(exactly({}), cf::dyn, 1).value == cf::dyn);
static_assert(is_contiguous(exactly(of({1, cf::dyn}, {5, 1}))) == answer::yes && is_contiguous(exactly(of({cf::dyn}, {2}))) == answer::no);
static_assert(is_contiguous(exactly(of({half, half}, {0, 0}))) == answer::no);  // an expanded view, of more elements than can be counted
static_assert(fresh(cf::u8, exactly(of({cf::dyn}, {})), "").storage == cf::dyn &&
              fresh(cf::f32, exactly(of({cf::dyn, 0}, {})), "").storage == 0);

// Strides that do not fit are noticed, not cut; only tensors without elements have them.
static_assert(fresh(cf::u8, exactly(of({0, cf::dyn}, {})), "").strides_fit &&
              fresh(cf::u8, exactly(of({0, cf::dyn}, {})), "").strides[0] == cf::dyn);
static_assert(!fresh(cf::u8, exactly(of({0, half, half}, {})), "").strides_fit &&
              fresh(cf::u8, exactly(of({0, half, half}, {})), "").storage == 0);
static_assert(fresh(cf::u8, of({0, cf::dyn}, {}), "").strides_fit && fresh(cf::u8, of({0, cf::dyn}, {}), "").storage == cf::dyn);

}  // namespace
