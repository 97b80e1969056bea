// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/view_rules.hpp
/// What the views that never copy do to sizes and strides, by PyTorch's rules. No user need name it.
///
/// A rule is a struct of
///   - `verb`: what the user called, for messages;
///   - `of(dtype, layout, arguments...)`: the layout of the view, or why there is none;
///   - `allows<refused<why, given, limit>>()`: whether there is one, else the compile error, whose sentence C++20 takes as a literal only.
/// `derived<Rule>` makes the view.

#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/layout/argument.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/refusal.hpp>

#include <cstddef>

namespace commfold::detail {

/// `length` indices of dimension `dim`, from `start` on.
struct narrow_rule {
  static constexpr char const* verb = "commfold::narrow";

  static constexpr view_result of(dtype type, layout l, argument dim, argument start, argument length) {
    if (length.known() && length.negative) return {l, refusal::negative_length, length.magnitude, 0};
    if (l.rank == 0) return {l, refusal::dimension_beyond_rank, dim.magnitude, 0};
    wrapped const d = wrap_dimension(dim, l.rank);
    if (!d.ok) return {l, refusal::dimension_beyond_rank, dim.magnitude, l.rank};
    l.contiguous = false;
    if (!d.is_known) {  // any of the sizes may be the one that changes
      forget(l.sizes, l.rank);
      return {l};
    }
    std::size_t const extent = l.sizes[d.at];
    bool const knows_extent = l.knows(extent);
    wrapped const s = wrap(start, extent, knows_extent, the_end::is_inside);
    if (!s.ok) return {l, refusal::start_beyond_extent, start.magnitude, extent};
    if (knows_extent && length.known() && s.is_known && length.magnitude > extent - s.at) {
      size_result const end = try_add(s.at, length.magnitude);
      if (end.fits) return {l, refusal::end_beyond_extent, end.value, extent};
      return {l, refusal::length_beyond_extent, length.magnitude, extent};
    }
    if (packs_rows(type) && d.at + 1 == l.rank) {
      std::size_t const in_a_byte = elements_in_a_byte(type);
      if (s.is_known && s.at % in_a_byte != 0 && !(length.known() && length.magnitude == 0))
        return {l, refusal::packed_row_is_cut, s.at, in_a_byte};
      if (s.is_known && length.known() && knows_extent && s.at + length.magnitude != extent && length.magnitude % in_a_byte != 0)
        return {l, refusal::packed_row_is_cut, s.at + length.magnitude, in_a_byte};
    }
    l.sizes[d.at] = length.value();
    return {l};
  }

  template <class Verdict>
  static consteval bool allows() {
    static_assert(accepted<Verdict>,
                  "commfold::narrow: the range does not lie in a dimension of this tensor; refused<why, given, limit> says why");
    return accepted<Verdict>;
  }
};

/// Index `index` of dimension `dim`, which disappears.
struct select_rule {
  static constexpr char const* verb = "commfold::select";

  static constexpr view_result of(dtype type, layout l, argument dim, argument index) {
    if (l.rank == 0) return {l, refusal::dimension_beyond_rank, dim.magnitude, 0};
    wrapped const d = wrap_dimension(dim, l.rank);
    if (!d.ok) return {l, refusal::dimension_beyond_rank, dim.magnitude, l.rank};
    l.contiguous = false;
    if (d.is_known) {
      std::size_t const extent = l.sizes[d.at];
      wrapped const at = wrap(index, extent, l.knows(extent), the_end::is_outside);
      if (!at.ok) return {l, refusal::index_beyond_extent, index.magnitude, extent};
      if (packs_rows(type) && d.at + 1 == l.rank) return {l, refusal::packed_row_is_cut, at.at, elements_in_a_byte(type)};
      for (std::size_t r = d.at; r + 1 < l.rank; ++r) {
        l.sizes[r] = l.sizes[r + 1];
        l.strides[r] = l.strides[r + 1];
      }
    }
    --l.rank;
    // The arrays keep an unused last entry. It is set to 0, since a layout is a template argument: a leftover there would make two types of
    // tensors with the same sizes and strides.
    l.sizes[l.rank] = l.strides[l.rank] = 0;
    if (!d.is_known) {
      forget(l.sizes, l.rank);
      forget(l.strides, l.rank);
    }
    return {l};
  }

  template <class Verdict>
  static consteval bool allows() {
    static_assert(accepted<Verdict>, "commfold::select: this tensor has no such dimension or index; refused<why, given, limit> says why");
    return accepted<Verdict>;
  }
};

/// Two dimensions change places.
struct transpose_rule {
  static constexpr char const* verb = "commfold::transpose";

  static constexpr view_result of(dtype type, layout l, argument first, argument second) {
    // PyTorch lets a tensor of rank 0 be transposed as if it had one dimension.
    std::size_t const rank = l.rank == 0 ? 1 : l.rank;
    wrapped const a = wrap_dimension(first, rank);
    wrapped const b = wrap_dimension(second, rank);
    if (!a.ok) return {l, refusal::dimension_beyond_rank, first.magnitude, l.rank};
    if (!b.ok) return {l, refusal::dimension_beyond_rank, second.magnitude, l.rank};
    l.contiguous = false;
    if (l.rank == 0 || (a.is_known && b.is_known && a.at == b.at)) return {l};
    if (!a.is_known || !b.is_known) {
      forget(l.sizes, l.rank);
      forget(l.strides, l.rank);
      return {l};
    }
    if (packs_rows(type) && (a.at + 1 == l.rank || b.at + 1 == l.rank)) return {l, refusal::packed_rows_change, 0, 0};
    layout r = l;
    r.sizes[a.at] = l.sizes[b.at];
    r.sizes[b.at] = l.sizes[a.at];
    r.strides[a.at] = l.strides[b.at];
    r.strides[b.at] = l.strides[a.at];
    return {r};
  }

  template <class Verdict>
  static consteval bool allows() {
    static_assert(accepted<Verdict>, "commfold::transpose: this tensor has no such dimension; refused<why, given, limit> says why");
    return accepted<Verdict>;
  }
};

/// Dimensions of extent 1 are repeated, and new ones put in front, with a stride of 0.
constexpr view_result expanded(dtype type, layout const& l, argument const* sizes, std::size_t count) {
  if (count > max_rank) return {l, refusal::rank_above_16, count, max_rank};
  if (count < l.rank) return {l, refusal::fewer_sizes_than_rank, count, l.rank};
  layout r;
  r.exact = l.exact;
  r.strides_fit = l.strides_fit;
  r.rank = count;
  r.storage = l.storage;
  std::size_t const added = count - l.rank;
  for (std::size_t i = count; i-- > 0;) {
    bool const is_new = i < added;
    std::size_t const extent = is_new ? 1 : l.sizes[i - added];
    size_result stride{is_new ? 0 : l.strides[i - added], true};
    if (is_new && l.rank != 0) stride = times(r, r.sizes[i + 1], r.strides[i + 1]);
    std::size_t target = sizes[i].value();
    if (sizes[i].infers()) {
      if (is_new) return {l, refusal::new_dimension_needs_a_size, i, 0};
      target = extent;
    } else if (sizes[i].known() && sizes[i].negative) {
      return {l, refusal::size_is_negative, sizes[i].magnitude, 0};
    } else if (sizes[i].known() && l.knows(extent)) {
      if (target != extent && extent != 1) return {l, refusal::extent_is_not_1, target, extent};
      if (target != extent && packs_rows(type) && i + 1 == count && !is_new) return {l, refusal::packed_rows_change, 0, 0};
      if (target != extent) stride = {0, true};
    } else {
      stride.fits = false;
    }
    r.sizes[i] = target;
    set_stride(r, i, stride);
  }
  return {r};
}

struct expand_rule {
  static constexpr char const* verb = "commfold::expand";

  template <class... Size>
  static constexpr view_result of(dtype d, layout const& l, Size... size) {
    argument const sizes[] = {size..., argument{}};
    return expanded(d, l, sizes, sizeof...(Size));
  }

  template <class Verdict>
  static consteval bool allows() {
    static_assert(accepted<Verdict>,
                  "commfold::expand: only dimensions of extent 1, and new ones in front, can grow; refused<why, given, limit> says why");
    return accepted<Verdict>;
  }
};

}  // namespace commfold::detail
