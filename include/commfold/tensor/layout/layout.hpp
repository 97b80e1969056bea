// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/layout.hpp
/// Sizes, strides and storage of a tensor as plain numbers. No user need name it.
///
/// The rules of views are functions over layouts. Each is called twice. First with what the types of tensor and arguments say, where `dyn`
/// stands for a number that they leave open: that gives the type of the view. Then with the true numbers, of which any may be as large as
/// `dyn`: they go into the view. A layout says which of the two it is (`exact`), and only a layout is asked whether it knows a number.

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
  bool exact = false;                  ///< all numbers are true ones; else `dyn` stands for one that is not known
  bool strides_fit = true;             ///< false for an exact layout without elements, of which a stride does not fit

  [[nodiscard]] constexpr bool knows(std::size_t n) const noexcept { return exact || n != dyn; }
};

/// Of a number that a type says.
constexpr bool known(std::size_t n) noexcept { return n != dyn; }

/// Notes a stride; one that does not fit is not known, or makes the strides of an exact layout unfit.
constexpr void set_stride(layout& l, std::size_t r, size_result stride) noexcept {
  l.strides[r] = stride.fits ? stride.value : dyn;
  if (l.exact && !stride.fits) l.strides_fit = false;
}

/// a * b; not known, which is as one that does not fit, where one of them is not.
constexpr size_result times(layout const& l, std::size_t a, std::size_t b) noexcept {
  size_result const r = try_multiply(a, b);
  return {r.value, r.fits && l.knows(a) && l.knows(b)};
}

/// By PyTorch's rule, which takes a size of zero for one.
constexpr void set_contiguous_strides(layout& l) noexcept {
  l.strides_fit = true;
  size_result stride{1, true};
  for (std::size_t r = l.rank; r-- > 0;) {
    set_stride(l, r, stride);
    if (l.sizes[r] == 0) continue;
    bool const fits = stride.fits;
    stride = times(l, stride.value, l.sizes[r]);
    stride.fits = stride.fits && fits;
  }
  l.contiguous = true;
}

constexpr bool all_known(std::size_t const* n, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i)
    if (!known(n[i])) return false;
  return true;
}

constexpr bool knows_sizes(layout const& l) noexcept { return l.exact || all_known(l.sizes, l.rank); }
constexpr bool all_known(layout const& l) noexcept { return l.exact || (all_known(l.sizes, l.rank) && all_known(l.strides, l.rank)); }

constexpr void forget(std::size_t* n, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) n[i] = dyn;
}

/// The number of elements. Every size must be known.
constexpr size_result elements_of(layout const& l) noexcept { return try_product(1, l.sizes, l.sizes + l.rank); }
constexpr bool has_no_element(layout const& l) noexcept {
  size_result const n = elements_of(l);
  return n.fits && n.value == 0;
}

constexpr void expect_strides_fit(layout const& l, char const* verb) {
  if (!l.strides_fit) fail_overflow(verb, "a stride");
}

constexpr bool same_numbers(std::size_t const* a, std::size_t const* b, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i)
    if (a[i] != b[i]) return false;
  return true;
}
constexpr bool same_sizes(layout const& a, layout const& b) noexcept { return a.rank == b.rank && same_numbers(a.sizes, b.sizes, a.rank); }
/// Of layouts of one rank.
constexpr bool same_strides(layout const& a, layout const& b) noexcept {
  return a.strides_fit == b.strides_fit && same_numbers(a.strides, b.strides, a.rank);
}

/// Whether the strides of all sizes above one are the contiguous ones; no other stride matters. Every number must be known.
constexpr bool has_contiguous_strides(layout const& l) noexcept {
  if (has_no_element(l)) return true;
  size_result expected{1, true};
  for (std::size_t r = l.rank; r-- > 0;) {
    if (l.sizes[r] == 1) continue;
    if (!expected.fits || l.strides[r] != expected.value) return false;
    expected = try_multiply(expected.value, l.sizes[r]);
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
  if (knows_sizes(l)) {
    size_result const bytes = try_contiguous_bytes(d, l.sizes, l.rank);
    if (!bytes.fits) fail_overflow(verb, "the size of the result");
    l.storage = bytes.value;
  }
  return l;
}

}  // namespace commfold::detail
