// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/refusal.hpp
/// Why a view is refused, and in which words. No user need name it.

#include <commfold/error.hpp>
#include <commfold/tensor/layout/layout.hpp>

#include <concepts>
#include <cstddef>

namespace commfold::detail {

enum class refusal {
  none,
  dimension_beyond_rank,
  negative_length,
  start_beyond_extent,
  end_beyond_extent,
  length_beyond_extent,
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
  too_many_elements,
  sizes_too_large,
  packed_row_is_cut,
  packed_rows_change,
};

/// What a rule makes of a layout, or why it refuses.
struct view_result {
  layout result{};
  refusal why = refusal::none;
  std::size_t given = 0;  ///< the number that is wrong
  std::size_t limit = 0;  ///< the one that it is measured against
};

/// A refusal as a type: the compiler prints it under the assertion that fails.
template <refusal Why, std::size_t Given, std::size_t Limit>
struct refused {};

template <class Verdict>
concept accepted = std::same_as<Verdict, refused<refusal::none, 0, 0>>;

[[noreturn]] constexpr void fail_view(char const* verb, refusal why, std::size_t given, std::size_t limit) {
  switch (why) {
    case refusal::none:
      break;
    case refusal::dimension_beyond_rank:
      fail<invalid_argument>(verb, "dimension {} of a tensor of rank {}", given, limit);
    case refusal::negative_length:
      fail<invalid_argument>(verb, "the length is {}", static_cast<long long>(0ULL - given));
    case refusal::start_beyond_extent:
      fail<invalid_argument>(verb, "the start is {} in a dimension of extent {}", given, limit);
    case refusal::end_beyond_extent:
      fail<invalid_argument>(verb, "start + length is {} in a dimension of extent {}", given, limit);
    case refusal::length_beyond_extent:
      fail<invalid_argument>(verb, "the length is {} in a dimension of extent {}", given, limit);
    case refusal::index_beyond_extent:
      fail<invalid_argument>(verb, "index {} in a dimension of extent {}", given, limit);
    case refusal::rank_above_16:
      fail<invalid_argument>(verb, "the result has rank {}, and {} is the most", given, limit);
    case refusal::fewer_sizes_than_rank:
      fail<invalid_argument>(verb, "{} sizes for a tensor of rank {}", given, limit);
    case refusal::size_is_negative:
      fail<invalid_argument>(verb, "a size is {}", static_cast<long long>(0ULL - given));
    case refusal::new_dimension_needs_a_size:
      fail<invalid_argument>(verb, "dimension {} is new, so its size cannot follow from the tensor", given);
    case refusal::extent_is_not_1:
      fail<invalid_argument>(verb, "size {} for a dimension of extent {}, which is not 1", given, limit);
    case refusal::infer_used_twice:
      fail<invalid_argument>(verb, "{} sizes are to be inferred, and {} can be", given, limit);
    case refusal::infer_could_be_anything:
      fail<invalid_argument>(verb, "there are no elements, so any inferred size would do");
    case refusal::elements_do_not_divide:
      fail<invalid_argument>(verb, "{} elements do not divide by {}, the product of the sizes", given, limit);
    case refusal::elements_differ:
      fail<invalid_argument>(verb, "the sizes make {} elements, and the tensor has {}", given, limit);
    case refusal::too_many_elements:
      fail<overflow_error>(verb, "the number of elements of this tensor does not fit std::size_t");
    case refusal::sizes_too_large:
      fail<invalid_argument>(verb, "the sizes make more elements than fit std::size_t, and the tensor has {}", limit);
    case refusal::packed_row_is_cut:
      fail<invalid_argument>(verb, "index {} of a packed dtype lies within a byte, of which {} share one", given, limit);
    case refusal::packed_rows_change:
      fail<invalid_argument>(verb, "the rows of a packed dtype start on bytes, and would not");
  }
  fail<invalid_argument>(verb, "refused");
}

/// The layout, or the exception.
constexpr layout accepted_or_throw(view_result const& r, char const* verb) {
  if (r.why != refusal::none) fail_view(verb, r.why, r.given, r.limit);
  return r.result;
}

}  // namespace commfold::detail
