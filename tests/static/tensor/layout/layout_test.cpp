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

static_assert(times(3, 4) == 12 && times(cf::dyn, 4) == cf::dyn && times(std::size_t{1} << 40, std::size_t{1} << 40) == cf::dyn);
static_assert(numel_of(of({2, cf::dyn}, {}).sizes, 2) == cf::dyn && numel_of(of({2, 5}, {}).sizes, 2) == 10);

}  // namespace
