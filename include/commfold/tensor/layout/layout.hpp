// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/layout.hpp
/// Sizes, strides and storage of a tensor as plain numbers. No user need name it.
///
/// The rules of views are functions over layouts. Each is called twice. First with what the types of tensor and arguments say, where `dyn`
/// stands for a number that they leave open: that gives the type of the view. Then with the true numbers: they go into the view.

#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/contiguous_bytes.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>

#include <cstddef>

namespace commfold::detail {

struct layout {
  std::size_t rank = 0;
  std::size_t sizes[max_rank] = {};
  std::size_t strides[max_rank] = {};  ///< in elements
  std::size_t storage = 0;             ///< in bytes
  bool contiguous = false;             ///< contiguous for sure, even where a size is open
};

constexpr bool known(std::size_t n) noexcept { return n != dyn; }

/// A product that does not fit is not known: nobody can use a stride as large.
constexpr std::size_t times(std::size_t a, std::size_t b) noexcept {
  size_result const r = try_multiply(a, b);
  return known(a) && known(b) && r.fits ? r.value : dyn;
}

/// By PyTorch's rule, which takes a size of zero for one.
constexpr void set_contiguous_strides(layout& l) noexcept {
  std::size_t stride = 1;
  for (std::size_t r = l.rank; r-- > 0;) {
    l.strides[r] = stride;
    stride = times(stride, l.sizes[r] == 0 ? 1 : l.sizes[r]);
  }
  l.contiguous = true;
}

constexpr bool all_known(std::size_t const* n, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i)
    if (!known(n[i])) return false;
  return true;
}

constexpr bool all_known(layout const& l) noexcept { return all_known(l.sizes, l.rank) && all_known(l.strides, l.rank); }

constexpr void forget(std::size_t* n, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) n[i] = dyn;
}

/// `dyn` where a size is not known, or the product does not fit.
constexpr std::size_t numel_of(std::size_t const* sizes, std::size_t rank) noexcept {
  if (!all_known(sizes, rank)) return dyn;
  size_result const n = try_product(1, sizes, sizes + rank);
  return n.fits ? n.value : dyn;
}

/// Whether the strides of all sizes above one are the contiguous ones; no other stride matters. Every number must be known.
constexpr bool has_contiguous_strides(layout const& l) noexcept {
  if (numel_of(l.sizes, l.rank) == 0) return true;
  std::size_t expected = 1;
  for (std::size_t r = l.rank; r-- > 0;) {
    if (l.sizes[r] == 1) continue;
    if (l.strides[r] != expected) return false;
    expected = times(expected, l.sizes[r]);
  }
  return true;
}

enum class answer { no, yes, unknown };

constexpr answer is_contiguous(layout const& l) noexcept {
  if (l.contiguous) return answer::yes;
  if (!all_known(l)) return answer::unknown;
  return has_contiguous_strides(l) ? answer::yes : answer::no;
}

/// A contiguous tensor of the sizes of `l`, with a storage of its own that is just large enough: `dyn` bytes where a size is not known.
constexpr layout fresh(dtype d, layout l, char const* verb) {
  set_contiguous_strides(l);
  l.storage = dyn;
  if (all_known(l.sizes, l.rank)) {
    size_result const bytes = try_contiguous_bytes(d, l.sizes, l.rank);
    if (!bytes.fits) fail_overflow(verb, "the size of the result");
    l.storage = bytes.value;
  }
  return l;
}

}  // namespace commfold::detail
