// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/refusal.hpp
/// Why a view is refused, and in which words. No user need name it.

#include <commfold/error.hpp>
#include <commfold/tensor/layout/layout.hpp>

#include <concepts>
#include <cstddef>
#include <string>

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

inline std::string sentence_of(refusal why, std::string const& n, std::string const& m) {
  switch (why) {
    case refusal::none:
      break;
    case refusal::dimension_beyond_rank:
      return "dimension " + n + " of a tensor of rank " + m;
    case refusal::negative_length:
      return "the length is -" + n;
    case refusal::start_beyond_extent:
      return "the start is " + n + " in a dimension of extent " + m;
    case refusal::end_beyond_extent:
      return "start + length is " + n + " in a dimension of extent " + m;
    case refusal::length_beyond_extent:
      return "the length is " + n + " in a dimension of extent " + m;
    case refusal::index_beyond_extent:
      return "index " + n + " in a dimension of extent " + m;
    case refusal::rank_above_16:
      return "the result has rank " + n + ", and " + m + " is the most";
    case refusal::fewer_sizes_than_rank:
      return n + " sizes for a tensor of rank " + m;
    case refusal::size_is_negative:
      return "a size is -" + n;
    case refusal::new_dimension_needs_a_size:
      return "dimension " + n + " is new, so its size cannot follow from the tensor";
    case refusal::extent_is_not_1:
      return "size " + n + " for a dimension of extent " + m + ", which is not 1";
    case refusal::infer_used_twice:
      return n + " sizes are to be inferred, and " + m + " can be";
    case refusal::infer_could_be_anything:
      return "there are no elements, so any inferred size would do";
    case refusal::elements_do_not_divide:
      return n + " elements do not divide by " + m + ", the product of the sizes";
    case refusal::elements_differ:
      return "the sizes make " + n + " elements, and the tensor has " + m;
    case refusal::too_many_elements:
      return "the number of elements of this tensor does not fit std::size_t";
    case refusal::sizes_too_large:
      return "the sizes make more elements than fit std::size_t, and the tensor has " + m;
    case refusal::packed_row_is_cut:
      return "index " + n + " of a packed dtype lies within a byte, of which " + m + " share one";
    case refusal::packed_rows_change:
      return "the rows of a packed dtype start on bytes, and would not";
  }
  return "refused";
}

[[noreturn]] inline void fail_view(char const* verb, refusal why, std::size_t given, std::size_t limit) {
  std::string const sentence = std::string(verb) + ": " + sentence_of(why, std::to_string(given), std::to_string(limit));
  if (why == refusal::too_many_elements) fail<overflow_error>(sentence);
  fail<invalid_argument>(sentence);
}

/// The layout, or the exception.
constexpr layout accepted_or_throw(view_result const& r, char const* verb) {
  if (r.why != refusal::none) fail_view(verb, r.why, r.given, r.limit);
  return r.result;
}

}  // namespace commfold::detail
