// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/reshape_rule.hpp
/// What `reshape` does to sizes and strides, by PyTorch's rules: a view where strides allow it, else a copy. No user need name it.

#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/layout/argument.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/refusal.hpp>

#include <cstddef>

namespace commfold::detail {

/// The sizes of a reshape, the inferred one found. Strides and storage are not set.
constexpr view_result reshaped_sizes(layout const& l, argument const* sizes, std::size_t count) {
  if (count > max_rank) return {l, refusal::rank_above_16, count, max_rank};
  layout r;
  r.exact = l.exact;
  r.rank = count;
  std::size_t inferred = 0;
  std::size_t place = 0;
  bool certain = true;
  for (std::size_t i = 0; i < count; ++i) {
    if (sizes[i].infers()) {
      ++inferred;
      place = i;
      r.sizes[i] = 1;
      continue;
    }
    if (sizes[i].known() && sizes[i].negative) return {l, refusal::size_is_negative, sizes[i].magnitude, 0};
    certain = certain && sizes[i].known();
    r.sizes[i] = sizes[i].value();
  }
  if (inferred > 1) return {l, refusal::infer_used_twice, inferred, 1};
  bool const knows_elements = knows_sizes(l);
  size_result const have = elements_of(l);
  size_result const want = elements_of(r);
  if (knows_elements && !have.fits) return {l, refusal::too_many_elements, 0, 0};
  if (inferred == 1) {
    if (certain && want.fits && want.value == 0) return {l, refusal::infer_could_be_anything, 0, 0};
    r.sizes[place] = dyn;
    if (knows_elements && certain) {
      if (!want.fits && have.value != 0) return {l, refusal::sizes_too_large, 0, have.value};
      if (want.fits && have.value % want.value != 0) return {l, refusal::elements_do_not_divide, have.value, want.value};
      r.sizes[place] = want.fits ? have.value / want.value : 0;
    }
  } else if (knows_elements && certain) {
    if (!want.fits) return {l, refusal::sizes_too_large, 0, have.value};
    if (have.value != want.value) return {l, refusal::elements_differ, want.value, have.value};
  }
  return {r};
}

/// PyTorch's rule for a reshape without a copy: dimensions that lie contiguously behind one another form a block, and the new sizes must
/// cut along the blocks. Sets the strides of `r` and returns true where they do. Every number must be known.
constexpr bool set_view_strides(layout const& l, layout& r) noexcept {
  if (has_no_element(l)) {
    if (same_sizes(l, r)) {
      for (std::size_t i = 0; i < l.rank; ++i) r.strides[i] = l.strides[i];
      r.strides_fit = l.strides_fit;
    } else {
      set_contiguous_strides(r);
      r.contiguous = false;
    }
    return true;
  }
  if (l.rank == 0) {
    for (std::size_t i = 0; i < r.rank; ++i) r.strides[i] = 1;
    return true;
  }
  std::size_t left = r.rank;  // new dimensions not yet placed, from the last
  for (std::size_t last = l.rank; last > 0;) {
    std::size_t const stride = l.strides[last - 1];
    std::size_t block = l.sizes[last - 1];
    auto const goes_on = [&](std::size_t next) {
      size_result const expected = try_multiply(block, stride);
      return l.sizes[next] == 1 || (expected.fits && l.strides[next] == expected.value);
    };
    for (--last; last > 0 && goes_on(last - 1); --last) block *= l.sizes[last - 1];
    std::size_t placed = 1;
    for (; left > 0 && (placed < block || r.sizes[left - 1] == 1); --left) {
      set_stride(r, left - 1, try_multiply(placed, stride));
      placed *= r.sizes[left - 1];
    }
    if (placed != block) return false;
  }
  return left == 0;
}

/// Whether both shapes have as long rows, or rows of whole bytes.
constexpr bool keeps_rows_on_bytes(dtype d, layout const& from, layout const& to) noexcept {
  auto const row = [](layout const& l) { return l.rank == 0 ? std::size_t{1} : l.sizes[l.rank - 1]; };
  return has_no_element(from) || row(from) == row(to) || (row(from) % elements_in_a_byte(d) == 0 && row(to) % elements_in_a_byte(d) == 0);
}

/// A view where strides allow, a tensor of its own where they do not. Where it is not known which, nor are strides and storage.
constexpr view_result reshaped(dtype d, layout const& l, argument const* sizes, std::size_t count) {
  view_result r = reshaped_sizes(l, sizes, count);
  if (r.why != refusal::none) return r;
  if (packs_rows(d) && knows_sizes(l) && knows_sizes(r.result) && !keeps_rows_on_bytes(d, l, r.result))
    return {l, refusal::packed_rows_change, 0, 0};
  if (is_contiguous(l) == answer::yes) {
    set_contiguous_strides(r.result);
    r.result.storage = l.storage;
  } else if (!all_known(l) || !knows_sizes(r.result)) {
    forget(r.result.strides, r.result.rank);
    r.result.storage = dyn;
  } else if (set_view_strides(l, r.result)) {
    r.result.storage = l.storage;
  } else {
    r.result = fresh(d, r.result, "commfold::reshape");
  }
  return r;
}

struct reshape_rule {
  static constexpr char const* verb = "commfold::reshape";

  template <class... Size>
  static constexpr view_result of(dtype d, layout const& l, Size... size) {
    argument const sizes[] = {size..., argument{}};
    return reshaped(d, l, sizes, sizeof...(Size));
  }

  template <class Verdict>
  static consteval bool allows() {
    static_assert(accepted<Verdict>,
                  "commfold::reshape: the sizes do not make the elements of this tensor; refused<why, given, limit> says why");
    return accepted<Verdict>;
  }
};

}  // namespace commfold::detail
