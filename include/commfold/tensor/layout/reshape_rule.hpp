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
    if (sizes[i].what == argument::is_known && sizes[i].negative) return {l, refusal::size_is_negative, sizes[i].magnitude, 0};
    certain = certain && sizes[i].what == argument::is_known;
    r.sizes[i] = sizes[i].value();
  }
  if (inferred > 1) return {l, refusal::infer_used_twice, inferred, 1};
  std::size_t const have = numel_of(l.sizes, l.rank);
  std::size_t const want = numel_of(r.sizes, r.rank);
  if (inferred == 1) {
    if (want == 0) return {l, refusal::infer_could_be_anything, 0, 0};
    if (known(have) && known(want) && have % want != 0) return {l, refusal::elements_do_not_divide, have, want};
    r.sizes[place] = known(have) && known(want) ? have / want : dyn;
  } else if (known(have) && certain && have != want) {
    return {l, refusal::elements_differ, want, have};
  }
  return {r};
}

/// PyTorch's rule for a reshape without a copy: dimensions that lie contiguously behind one another form a block, and the new sizes must
/// cut along the blocks. Sets the strides of `r` and returns true where they do. Every number must be known.
constexpr bool set_view_strides(layout const& l, layout& r) noexcept {
  if (numel_of(l.sizes, l.rank) == 0) {
    bool same = l.rank == r.rank;
    for (std::size_t i = 0; same && i < l.rank; ++i) same = l.sizes[i] == r.sizes[i];
    set_contiguous_strides(r);
    r.contiguous = false;
    for (std::size_t i = 0; same && i < l.rank; ++i) r.strides[i] = l.strides[i];
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
    for (--last; last > 0 && (l.sizes[last - 1] == 1 || l.strides[last - 1] == times(block, stride)); --last) block *= l.sizes[last - 1];
    std::size_t placed = 1;
    for (; left > 0 && (placed < block || r.sizes[left - 1] == 1); --left) {
      r.strides[left - 1] = times(placed, stride);
      placed *= r.sizes[left - 1];
    }
    if (placed != block) return false;
  }
  return left == 0;
}

/// A view where strides allow, a tensor of its own where they do not. Where it is not known which, nor are strides and storage.
constexpr view_result reshaped(dtype d, layout const& l, argument const* sizes, std::size_t count) {
  view_result r = reshaped_sizes(l, sizes, count);
  if (r.why != refusal::none) return r;
  if (is_contiguous(l) == answer::yes) {
    set_contiguous_strides(r.result);
    r.result.storage = l.storage;
  } else if (!all_known(l) || !all_known(r.result.sizes, r.result.rank)) {
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
