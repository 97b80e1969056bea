// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/layout.hpp
/// Sizes, strides and storage of a tensor as plain numbers: the common ground of static and run-time views. No user need name it.
///
/// Every function here serves two callers: a view's type is computed from what the argument types say, where `dyn` stands for a number that
/// they do not say, and its value from the true numbers.

#include <commfold/error.hpp>
#include <commfold/tensor/bytes.hpp>
#include <commfold/tensor/dynamic_extents.hpp>

#include <cstddef>
#include <string>

namespace commfold {

/// Stands for the size that follows from the others, as -1 does in PyTorch: `reshape(t, infer, 8192)`; in `expand`, for the size as it is.
struct infer_size {};
inline constexpr infer_size infer{};

namespace detail {

struct layout {
  std::size_t rank = 0;
  std::size_t sizes[max_rank] = {};
  std::size_t strides[max_rank] = {};
  std::size_t storage = 0;
  /// Known to be contiguous even where a size is not known.
  bool contiguous = false;
};

constexpr bool known(std::size_t n) noexcept { return n != dyn; }

/// A stride beyond `std::size_t` is no stride that anyone can use: it counts as not known.
constexpr std::size_t times(std::size_t a, std::size_t b) noexcept {
  size_result const r = try_multiply(a, b);
  return known(a) && known(b) && r.fits ? r.value : dyn;
}

/// PyTorch's rule: a size of zero counts as one.
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

/// dyn where a factor is not known, or the product does not fit.
constexpr std::size_t numel_of(std::size_t const* sizes, std::size_t rank) noexcept {
  if (!all_known(sizes, rank)) return dyn;
  size_result const n = try_product(1, sizes, sizes + rank);
  return n.fits ? n.value : dyn;
}

/// The strides that matter, those of sizes above one, are the contiguous ones.
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

/// A tensor of its own, just large enough; its storage is dyn where a size is not known.
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

/// A dimension, index or size as the caller wrote it.
struct argument {
  enum kind : unsigned char { is_known, is_unknown, is_inferred };
  kind what = is_unknown;
  bool negative = false;
  std::size_t magnitude = 0;

  constexpr bool infers() const noexcept { return what == is_inferred || (what == is_known && negative && magnitude == 1); }
  /// The number where it is one, `dyn` where it is not known.
  constexpr std::size_t value() const noexcept { return what == is_known ? magnitude : dyn; }
};

template <class T>
concept view_argument = size_like<T> || std::same_as<std::remove_cvref_t<T>, infer_size>;

template <class T>
constexpr argument static_argument() noexcept {
  if constexpr (static_size<T>)
    return {argument::is_known, false, static_cast<std::size_t>(std::remove_cvref_t<T>::value)};
  else if constexpr (std::same_as<std::remove_cvref_t<T>, infer_size>)
    return {argument::is_inferred};
  else
    return {};
}

template <view_argument T>
constexpr argument true_argument([[maybe_unused]] T const& n) noexcept {
  if constexpr (integer<T>) {
    if constexpr (std::is_signed_v<T>)
      if (n < 0) return {argument::is_known, true, std::size_t{0} - static_cast<std::size_t>(n)};
    return {argument::is_known, false, static_cast<std::size_t>(n)};
  } else {
    return static_argument<T>();
  }
}

/// Why a view is refused. `given` and `limit` in a result are the number that is wrong and the one that it is measured against.
enum class refusal {
  none,
  dimension_beyond_rank,
  negative_length,
  start_beyond_extent,
  end_beyond_extent,
  index_beyond_extent,
  rank_above_16,
  fewer_sizes_than_rank,
  size_is_negative,
  new_dimension_needs_a_size,
  extent_is_not_1,
  infer_used_twice,
  infer_could_be_anything,
  elements_do_not_divide,
  elements_differ,
};

struct view_result {
  layout result{};
  refusal why = refusal::none;
  std::size_t given = 0;
  std::size_t limit = 0;
};

[[noreturn]] inline void fail_view(char const* verb, refusal why, std::size_t given, std::size_t limit) {
  std::string const n = std::to_string(given);
  std::string const m = std::to_string(limit);
  std::string const text = std::string("commfold::") + verb + ": ";
  switch (why) {
    case refusal::none:
      break;
    case refusal::dimension_beyond_rank:
      fail<invalid_argument>(text + "dimension " + n + " of a tensor of rank " + m);
    case refusal::negative_length:
      fail<invalid_argument>(text + "the length is -" + n);
    case refusal::start_beyond_extent:
      fail<invalid_argument>(text + "the start is " + n + " in a dimension of extent " + m);
    case refusal::end_beyond_extent:
      fail<invalid_argument>(text + "start + length is " + n + " in a dimension of extent " + m);
    case refusal::index_beyond_extent:
      fail<invalid_argument>(text + "index " + n + " in a dimension of extent " + m);
    case refusal::rank_above_16:
      fail<invalid_argument>(text + "the result has rank " + n + ", and " + m + " is the most");
    case refusal::fewer_sizes_than_rank:
      fail<invalid_argument>(text + n + " sizes for a tensor of rank " + m);
    case refusal::size_is_negative:
      fail<invalid_argument>(text + "a size is -" + n);
    case refusal::new_dimension_needs_a_size:
      fail<invalid_argument>(text + "dimension " + n + " is new, so its size cannot follow from the tensor");
    case refusal::extent_is_not_1:
      fail<invalid_argument>(text + "size " + n + " for a dimension of extent " + m + ", which is not 1");
    case refusal::infer_used_twice:
      fail<invalid_argument>(text + n + " sizes are to be inferred, and " + m + " can be");
    case refusal::infer_could_be_anything:
      fail<invalid_argument>(text + "there are no elements, so any inferred size would do");
    case refusal::elements_do_not_divide:
      fail<invalid_argument>(text + n + " elements do not divide by " + m + ", the product of the sizes");
    case refusal::elements_differ:
      fail<invalid_argument>(text + "the sizes make " + n + " elements, and the tensor has " + m);
  }
  fail<invalid_argument>(text + "refused");
}

/// The result, or the exception.
constexpr layout accepted_or_throw(view_result const& r, char const* verb) {
  if (r.why != refusal::none) fail_view(verb, r.why, r.given, r.limit);
  return r.result;
}

}  // namespace detail
}  // namespace commfold
