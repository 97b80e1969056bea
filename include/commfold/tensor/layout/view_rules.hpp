// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/view_rules.hpp
/// What each view does to sizes and strides, by PyTorch's rules. No user need name it.

#include <commfold/tensor/layout/layout.hpp>

#include <cstddef>

namespace commfold::detail {

struct wrapped {
  bool ok = true;
  bool is_known = true;
  std::size_t at = 0;
};

/// PyTorch counts from the end where a number is negative: -1 is the last of `extent`. Up to `last`, which is `extent` or `extent - 1`.
constexpr wrapped wrap(argument a, std::size_t extent, std::size_t last) noexcept {
  if (a.what != argument::is_known || !known(extent)) return {true, a.what == argument::is_known && !a.negative, a.magnitude};
  if (a.negative) return {a.magnitude <= extent, true, extent - a.magnitude};
  return {a.magnitude <= last && known(last), true, a.magnitude};
}

constexpr wrapped wrap_dimension(argument a, std::size_t rank) noexcept { return wrap(a, rank, rank - 1); }

constexpr void forget(std::size_t* n, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) n[i] = dyn;
}

constexpr view_result narrowed(layout l, argument dim, argument start, argument length) {
  if (length.what == argument::is_known && length.negative) return {l, refusal::negative_length, length.magnitude, 0};
  if (l.rank == 0) return {l, refusal::dimension_beyond_rank, dim.magnitude, 0};
  wrapped const d = wrap_dimension(dim, l.rank);
  if (!d.ok) return {l, refusal::dimension_beyond_rank, dim.magnitude, l.rank};
  l.contiguous = false;
  if (!d.is_known) {
    forget(l.sizes, l.rank);
    return {l};
  }
  std::size_t const extent = l.sizes[d.at];
  wrapped const s = wrap(start, extent, extent);
  if (known(extent) && !s.ok) return {l, refusal::start_beyond_extent, start.magnitude, extent};
  if (known(extent) && known(length.value()) && s.is_known && length.magnitude > extent - s.at)
    return {l, refusal::end_beyond_extent, s.at + length.magnitude, extent};
  l.sizes[d.at] = length.value();
  return {l};
}

constexpr view_result selected(layout l, argument dim, argument index) {
  if (l.rank == 0) return {l, refusal::dimension_beyond_rank, dim.magnitude, 0};
  wrapped const d = wrap_dimension(dim, l.rank);
  if (!d.ok) return {l, refusal::dimension_beyond_rank, dim.magnitude, l.rank};
  l.contiguous = false;
  if (d.is_known) {
    std::size_t const extent = l.sizes[d.at];
    if (known(extent) && !wrap(index, extent, extent - 1).ok) return {l, refusal::index_beyond_extent, index.magnitude, extent};
    for (std::size_t r = d.at; r + 1 < l.rank; ++r) {
      l.sizes[r] = l.sizes[r + 1];
      l.strides[r] = l.strides[r + 1];
    }
  }
  --l.rank;
  // What lies behind the last dimension is cleared, so that equal layouts are equal.
  l.sizes[l.rank] = l.strides[l.rank] = 0;
  if (!d.is_known) {
    forget(l.sizes, l.rank);
    forget(l.strides, l.rank);
  }
  return {l};
}

constexpr view_result transposed(layout l, argument first, argument second) {
  // PyTorch lets a tensor of rank 0 be transposed as if it had one dimension.
  std::size_t const rank = l.rank == 0 ? 1 : l.rank;
  wrapped const a = wrap_dimension(first, rank);
  wrapped const b = wrap_dimension(second, rank);
  if (!a.ok) return {l, refusal::dimension_beyond_rank, first.magnitude, l.rank};
  if (!b.ok) return {l, refusal::dimension_beyond_rank, second.magnitude, l.rank};
  if (l.rank == 0 || (a.is_known && b.is_known && a.at == b.at)) return {l};
  l.contiguous = false;
  if (!a.is_known || !b.is_known) {
    forget(l.sizes, l.rank);
    forget(l.strides, l.rank);
    return {l};
  }
  layout r = l;
  r.sizes[a.at] = l.sizes[b.at];
  r.sizes[b.at] = l.sizes[a.at];
  r.strides[a.at] = l.strides[b.at];
  r.strides[b.at] = l.strides[a.at];
  return {r};
}

constexpr view_result expanded(layout const& l, argument const* sizes, std::size_t count) {
  if (count > max_rank) return {l, refusal::rank_above_16, count, max_rank};
  if (count < l.rank) return {l, refusal::fewer_sizes_than_rank, count, l.rank};
  layout r;
  r.rank = count;
  r.storage = l.storage;
  std::size_t const added = count - l.rank;
  for (std::size_t i = count; i-- > 0;) {
    bool const is_new = i < added;
    std::size_t const extent = is_new ? 1 : l.sizes[i - added];
    std::size_t stride = is_new ? (l.rank == 0 ? 0 : times(r.sizes[i + 1], r.strides[i + 1])) : l.strides[i - added];
    std::size_t target = sizes[i].value();
    if (sizes[i].infers()) {
      if (is_new) return {l, refusal::new_dimension_needs_a_size, i, 0};
      target = extent;
    } else if (sizes[i].what == argument::is_known && sizes[i].negative) {
      return {l, refusal::size_is_negative, sizes[i].magnitude, 0};
    }
    if (known(target) && known(extent)) {
      if (target != extent && extent != 1) return {l, refusal::extent_is_not_1, target, extent};
      if (target != extent) stride = 0;
    } else if (!sizes[i].infers()) {
      stride = dyn;
    }
    r.sizes[i] = target;
    r.strides[i] = stride;
  }
  return {r};
}

/// The sizes of a reshape, the inferred one found; strides and storage as they were.
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

/// PyTorch's rule for a reshape without a copy. Dimensions that lie contiguously behind one another form a block; the new sizes must cut
/// along the blocks. All numbers known. Sets the strides of `r` and returns true, or returns false.
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

/// A view where strides allow, a tensor of its own where they do not; where that is not known yet, nor are strides and storage.
constexpr view_result reshaped(dtype d, layout const& l, argument const* sizes, std::size_t count, char const* verb) {
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
    r.result = fresh(d, r.result, verb);
  }
  return r;
}

}  // namespace commfold::detail
